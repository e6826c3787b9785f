import Graph
import Tensors

/// The input broadcast to the shape that is its second input.
public enum Expand: Operator {
  /// `Expand`.
  public static let name: OperatorName = "Expand"

  private static func asked(_ invocation: Invocation) throws -> Shape {
    guard let sizes = try invocation.ints("shape", orInput: 1), let shape = Shape(checking: sizes) else {
      throw invocation.error("has no shape to expand to")
    }
    return shape
  }

  /// The shape that the input's and the asked one broadcast to.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let input = try invocation.input(0)
    let asked = try asked(invocation)
    guard let shape = Broadcasting.shape(input.shape, asked) else {
      throw invocation.error("cannot expand \(input.shape) to \(asked)")
    }
    return [TensorType(shape, input.elementType)]
  }

  /// Axes that are not repeated go with themselves; of those that are, every element may go.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    AxisRule(ties: Broadcasting.ties(try invocation.input(0).shape, input: 0, result: invocation.outputs[0].shape))
  }

  /// Sizes that are written out follow.
  public static func resize(_ resizing: inout NodeResizing) throws {
    let expected = resizing.shape(ofOutput: 0)
    if let shape = try? infer(resizing.now).first?.shape, shape == expected { return }
    guard let asked = try resizing.fixed("shape", orInput: 1) else { return }
    let missing = expected.rank - asked.count
    resizing.set(asked.indices.map { asked[$0] == 1 ? 1 : expected[$0 + missing] }, "shape", orInput: 1)
  }

  /// One strided copy.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let result = invocation.outputs[0].shape
    let copy = StridedCopy(
      result, from: .init(Broadcasting.strides(of: try invocation.input(0).shape, in: result)),
      to: .init(result.strides), width: try invocation.elementWidth())
    return FunctionKernel { copy.run(from: $0.inputs[0]!.address, to: $0.outputs[0].address) }
  }

  /// The gradient summed over what was repeated.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    gradients.set(try gradients.sumOverRepeats(gradients.outputGradient, ofInput: 0), forInput: 0)
  }
}
