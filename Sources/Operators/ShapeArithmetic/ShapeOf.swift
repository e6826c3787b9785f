import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The sizes of the input's axes from the attribute `start` to before `end`, as an int64 vector. Known before the
/// network runs.
///
/// The input's axes are neither tied nor frozen: if a size is used as a number, the operator that uses it, such as
/// `Reshape`, freezes it.
package struct ShapeOf: Operator {
  /// `Shape`.
  package static let name: OperatorName = "Shape"

  /// The output depends on the shape of the input alone.
  package static var readsElements: Bool { false }

  /// The sizes.
  package let sizes: [Int]

  /// Reads the range of axes.
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

  /// The vector is frozen.
  package var axes: AxisRule? { .statesElements }
}

extension AxisRule {
  /// The rule of a node whose output is a vector of known numbers.
  static var statesElements: AxisRule {
    AxisRule(frozen: [FrozenAxis(PortAxis(.output(0), 0), "states its elements")])
  }
}
