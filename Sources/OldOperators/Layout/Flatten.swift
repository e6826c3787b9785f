import Graph
import Tensors

/// A matrix of what comes before the attribute `axis` and what comes from it on: `[d0 .. d(axis-1), d(axis) ..]`.
public enum Flatten: ViewOperator {
  /// `Flatten`.
  public static let name: OperatorName = "Flatten"

  /// Two axes.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let input = try invocation.input(0)
    let axis = try axis(invocation)
    return [
      TensorType(
        [input.shape[..<axis].reduce(1, *), input.shape[axis...].reduce(1, *)], input.elementType)
    ]
  }

  private static func axis(_ invocation: Invocation) throws -> Int {
    let rank = try invocation.input(0).shape.rank
    let axis = try invocation.int("axis", default: 1)
    let resolved = axis < 0 ? axis + rank : axis
    guard (0...rank).contains(resolved) else { throw invocation.error("axis \(axis) does not exist in its input") }
    return resolved
  }

  /// As a reshape.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    AxisRule.reshape(from: try invocation.input(0).shape, to: invocation.outputs[0].shape)
  }
}
