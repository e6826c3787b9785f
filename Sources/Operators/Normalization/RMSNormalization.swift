import EspalierFiles
import EspalierGraph

/// Each sample and position divided by the root mean square of its last axes, by ``RootMeanSquare``.
package struct RMSNormalization: CompositeOperator {
  /// `RMSNormalization`.
  package static let name: OperatorName = "RMSNormalization"

  /// The scale.
  package static var parameterInputs: ParameterInputs { .at(1..<2) }

  /// The normalisation.
  package let body: Body
  /// Every axis is tied to the same axis of the output.
  package let axes: AxisRule?

  /// Reads `axis` (-1 by default) and `epsilon` (1e-5 by default).
  package init(_ call: Invocation) throws(EspalierError) {
    (body, axes) = try RootMeanSquare.layer(call, givesInverse: false)
  }
}
