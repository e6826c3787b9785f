import EspalierFiles
import EspalierGraph
import EspalierTensors

/// How many elements the input has, one int64 number. Known before the network runs.
///
/// No axis is tied or held: a size that is used as a number is held where it is used, as in `Reshape`.
package struct SizeOf: Operator {
  /// `Size`.
  package static let name: OperatorName = "Size"

  /// The count.
  package let count: Int

  /// Counts the elements of the input.
  package init(_ call: Invocation) throws(EspalierError) {
    count = try call.input(0).shape.elementCount
  }

  /// A number.
  package var outputs: [TensorType] { [TensorType([], .int64)] }

  /// The count.
  package var known: [Tensor]? { [Tensor(scalar: Int64(count))] }

  /// There is no axis to hold.
  package var axes: AxisRule? { AxisRule() }
}
