import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The sizes of the input's axes, from the attribute `start` to before `end`, as an int64 vector. Known before the
/// network runs.
///
/// No axis is tied or held: a size that is used as a number is held where it is used, as in `Reshape`.
package struct ShapeOf: Operator {
  /// `Shape`.
  package static let name: OperatorName = "Shape"

  /// The sizes.
  package let sizes: [Int]

  /// Reads which sizes are asked for.
  package init(_ call: Invocation) throws(EspalierError) {
    let shape = try call.input(0).shape
    func place(_ name: String, _ standard: Int) throws(EspalierError) -> Int {
      let place = try call.int(name, default: standard)
      return min(max(place < 0 ? place + shape.rank : place, 0), shape.rank)
    }
    let (start, end) = (try place("start", 0), try place("end", shape.rank))
    sizes = Array(shape.sizes[start..<max(start, end)])
  }

  /// A vector.
  package var outputs: [TensorType] { [TensorType([sizes.count], .int64)] }

  /// The sizes.
  package var known: [Tensor]? { [Tensor(shape: [sizes.count], sizes.map(Int64.init))] }

  /// The sizes stay as they are.
  package var axes: AxisRule? { .statesElements }
}

extension AxisRule {
  /// The rule of a node that makes a vector out of numbers.
  static var statesElements: AxisRule {
    AxisRule(frozen: [FrozenAxis(PortAxis(.output(0), 0), "states its elements")])
  }
}
