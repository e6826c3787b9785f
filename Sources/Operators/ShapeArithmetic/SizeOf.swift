import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The number of elements of the input, one int64 number. Known before the network runs.
///
/// The input's axes are neither tied nor frozen: if a size is used as a number, the operator that uses it, such as
/// `Reshape`, freezes it.
package struct SizeOf: Operator {
  /// `Size`.
  package static let name: OperatorName = "Size"

  /// The output depends on the shape of the input alone.
  package static var readsElements: Bool { false }

  /// The count.
  package let count: Int

  /// Counts the elements of the input.
  package init(_ call: Invocation) throws(EspalierError) {
    count = try call.input(0).shape.elementCount
  }

  /// A scalar.
  package var outputs: [TensorType] { [TensorType([], .int64)] }

  /// The count.
  package var known: [Tensor]? { [Tensor(scalar: Int64(count))] }

  /// There is no axis to freeze.
  package var axes: AxisRule? { AxisRule() }
}
