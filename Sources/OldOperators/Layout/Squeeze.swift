import Graph
import Tensors

/// The same elements without axes of size 1: those that are named (an attribute, or an input from operator set 13), or all.
public enum Squeeze: ViewOperator {
  /// `Squeeze`.
  public static let name: OperatorName = "Squeeze"

  private static func named(_ invocation: Invocation) throws -> [Int]? {
    try invocation.ints("axes", orInput: 1).map { try invocation.axes($0) }
  }

  private static func kept(_ invocation: Invocation) throws -> [Int] {
    let shape = try invocation.input(0).shape
    guard let dropped = try named(invocation) else { return shape.indices.filter { shape[$0] != 1 } }
    for axis in dropped where shape[axis] != 1 {
      throw invocation.error("drops axis \(axis), which has \(shape[axis]) elements")
    }
    return shape.indices.filter { !dropped.contains($0) }
  }

  /// The sizes of the axes that stay.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let input = try invocation.input(0)
    return [TensorType(Shape(try kept(invocation).map { input.shape[$0] }), input.elementType)]
  }

  /// Each axis goes with itself; where none is named, none may become one of size 1.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    let kept = try kept(invocation)
    var rule = AxisRule(
      ties: kept.enumerated().map { AxisTie(PortAxis(.input(0), $1), PortAxis(.output(0), $0)) })
    if try named(invocation) == nil {
      rule.frozen = kept.map { FrozenAxis(PortAxis(.input(0), $0), "drops axes by their size") }
    }
    return rule
  }
}
