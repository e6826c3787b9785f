import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The same elements with axes of size 1 inserted at the given positions in the output (an attribute, or an input from
/// operator set 13).
package struct Unsqueeze: ViewOperator {
  /// `Unsqueeze`.
  package static let name: OperatorName = "Unsqueeze"

  /// The axes.
  package static var inputsKnownBeforehand: [Int] { [1] }

  /// The sizes of the input with 1 inserted.
  package let outputs: [TensorType]
  /// The positions of the input's axes in the output.
  private let kept: [Int]

  /// Reads the positions of the new axes.
  package init(_ call: Invocation) throws(EspalierError) {
    let input = try call.input(0)
    guard let asked = try call.ints("axes", orInput: 1) else { throw call.error("names no axes") }
    let rank = input.shape.rank + asked.count
    let new = asked.map { $0 < 0 ? $0 + rank : $0 }
    guard Set(new).count == asked.count, new.allSatisfy({ (0..<rank).contains($0) }) else {
      throw call.error("\(asked) are not places for axes among \(rank)")
    }
    kept = (0..<rank).filter { !new.contains($0) }
    var sizes = [Int](repeating: 1, count: rank)
    for (axis, place) in kept.enumerated() { sizes[place] = input.shape[axis] }
    outputs = [TensorType(Shape(sizes), input.elementType)]
  }

  /// Every axis is tied to the same axis of the output.
  package var axes: AxisRule? {
    AxisRule(ties: kept.enumerated().map { AxisTie(PortAxis(.input(0), $0), PortAxis(.output(0), $1)) })
  }
}
