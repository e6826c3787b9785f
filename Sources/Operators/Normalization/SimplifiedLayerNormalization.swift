import EspalierFiles
import EspalierGraph

/// ONNX Runtime's normalisation by the root mean square of the last axes, by ``RootMeanSquare``; the optional second
/// output is the inverse root.
///
/// ONNX Runtime defines it in the standard's domain.
package struct SimplifiedLayerNormalization: CompositeOperator {
  /// `SimplifiedLayerNormalization`.
  package static let name: OperatorName = "SimplifiedLayerNormalization"

  /// The scale.
  package static var parameterInputs: ParameterInputs { .at(1..<2) }

  /// The normalisation.
  package let body: Body
  /// Every axis is tied to the same axis of the output; the leading axes to those of the inverse root.
  package let axes: AxisRule?

  /// Reads `axis` (-1 by default) and `epsilon` (1e-5 by default).
  package init(_ call: Invocation) throws(EspalierError) {
    (body, axes) = try RootMeanSquare.layer(call, givesInverse: true)
  }
}
