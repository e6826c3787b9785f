import Graph
import Tensors

/// The same elements under a shape given as an input: a size of 0 copies the input's, one of -1 is worked out.
public enum Reshape: ViewOperator {
  /// `Reshape`.
  public static let name: OperatorName = "Reshape"

  private static func asked(_ invocation: Invocation) throws -> [Int] {
    guard let asked = try invocation.ints("shape", orInput: 1) else {
      throw invocation.error("has no shape to reshape to")
    }
    return asked
  }

  /// The asked shape, its 0 and -1 filled in.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let input = try invocation.input(0)
    let asked = try asked(invocation)
    let copiesZero = try !invocation.flag("allowzero")
    var sizes = asked
    for axis in sizes.indices where sizes[axis] == 0 && copiesZero {
      guard axis < input.shape.rank else { throw invocation.error("copies axis \(axis), which its input lacks") }
      sizes[axis] = input.shape[axis]
    }
    if let open = sizes.firstIndex(of: -1) {
      sizes[open] = 1
      guard let known = Shape(checking: sizes), known.elementCount > 0,
        input.shape.elementCount % known.elementCount == 0
      else { throw invocation.error("cannot reshape \(input.shape) to \(asked)") }
      sizes[open] = input.shape.elementCount / known.elementCount
    }
    guard let shape = Shape(checking: sizes), shape.elementCount == input.shape.elementCount else {
      throw invocation.error("cannot reshape \(input.shape) to \(asked)")
    }
    return [TensorType(shape, input.elementType)]
  }

  /// Axes that keep their place go with themselves, merged and split ones in blocks. A size that is written out holds its
  /// axis; one that is copied from the input holds both axes where they are not the same.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    var rule = AxisRule.reshape(from: try invocation.input(0).shape, to: invocation.outputs[0].shape)
    for (axis, size) in try asked(invocation).enumerated() where size != -1 {
      let (source, target) = (PortAxis(.input(0), axis), PortAxis(.output(0), axis))
      if size == 0, try !invocation.flag("allowzero") {
        guard !rule.ties.contains(AxisTie(source, target)) else { continue }
        rule.frozen.append(FrozenAxis(source, "fixes its size in its shape"))
      }
      rule.frozen.append(FrozenAxis(target, "fixes its size in its shape"))
    }
    return rule
  }
}
