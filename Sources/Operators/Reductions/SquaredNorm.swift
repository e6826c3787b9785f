import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The sum of the squares of all elements: the size of a residual. Used by statistics.
package struct SquaredNorm: Operator {
  /// `espalier::SquaredNorm`.
  package static let name: OperatorName = .own("SquaredNorm")

  /// Reads the input; there are no parameters.
  package init(_ call: Invocation) throws(EspalierError) {
    _ = try call.floatInput(0)
  }

  /// One number.
  package var outputs: [TensorType] { [TensorType([1])] }
}
