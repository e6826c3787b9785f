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

  /// Axes that keep their place go with themselves, one of those that are merged or split with its elements in the whole.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    AxisRule.reshape(from: try invocation.input(0).shape, to: invocation.outputs[0].shape)
  }

  /// Sizes that are written out follow; a shape that is computed and does not follow by itself is written out, sizes that the
  /// network leaves open as 0 or -1.
  public static func resize(_ resizing: inout NodeResizing) throws {
    let expected = resizing.shape(ofOutput: 0)
    if let shape = try? infer(resizing.now).first?.shape, shape == expected { return }
    let asked = try asked(resizing.before)
    let others = try self.asked(resizing.variant)
    let copiesZero = try !resizing.before.flag("allowzero")
    let input = try resizing.now.input(0).shape
    let sizes = asked.indices.map { axis in
      let isCopied = copiesZero && axis < input.rank && input[axis] == expected[axis]
      if asked[axis] != others[axis] { return isCopied ? 0 : -1 }
      return asked[axis] == -1 || (asked[axis] == 0 && isCopied) ? asked[axis] : expected[axis]
    }
    guard sizes.count(where: { $0 == -1 }) <= 1 else {
      throw resizing.before.error(
        "computes more than one size from those of the network's inputs, so that it cannot follow what is removed",
        remedy: "export the network with fixed sizes, or leave the group alone with --only")
    }
    resizing.set(sizes, "shape", orInput: 1)
  }
}
