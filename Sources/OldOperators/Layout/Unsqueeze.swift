import Graph
import Tensors

/// The same elements with axes of size 1 put in, at the places they have in the output (an attribute, or an input from
/// operator set 13).
public enum Unsqueeze: ViewOperator {
  /// `Unsqueeze`.
  public static let name: OperatorName = "Unsqueeze"

  /// The places of the input's axes in the output, and how many axes that has.
  private static func places(_ invocation: Invocation) throws -> (kept: [Int], rank: Int) {
    guard let asked = try invocation.ints("axes", orInput: 1) else { throw invocation.error("names no axes") }
    let rank = try invocation.input(0).shape.rank + asked.count
    let new = asked.map { $0 < 0 ? $0 + rank : $0 }
    guard Set(new).count == asked.count, new.allSatisfy({ (0..<rank).contains($0) }) else {
      throw invocation.error("\(asked) are not places for axes among \(rank)")
    }
    return ((0..<rank).filter { !new.contains($0) }, rank)
  }

  /// The sizes of the input with 1 put in.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let input = try invocation.input(0)
    let (kept, rank) = try places(invocation)
    var sizes = [Int](repeating: 1, count: rank)
    for (axis, place) in kept.enumerated() { sizes[place] = input.shape[axis] }
    return [TensorType(Shape(sizes), input.elementType)]
  }

  /// Each axis goes with itself.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    AxisRule(
      ties: try places(invocation).kept.enumerated().map {
        AxisTie(PortAxis(.input(0), $0), PortAxis(.output(0), $1))
      })
  }
}
