import Graph
import Tensors

/// The derivative of ``GatherElements``: zeros of the attribute `shape`, to which each element of the first input is added where
/// the second input points along the attribute `axis`.
public enum GatherElementsDerivative: Operator {
  /// `espalier::GatherElementsDerivative`.
  public static let name: OperatorName = .own("GatherElementsDerivative")

  private static func shape(_ invocation: Invocation) throws -> Shape {
    guard let sizes = try invocation.ints("shape"), let shape = Shape(checking: sizes),
      try invocation.floatInput(0).shape == invocation.indices(at: 1).shape
    else { throw invocation.error("has no shape to add to") }
    return shape
  }

  /// The stated shape.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let shape = try shape(invocation)
    _ = try PickedElements(invocation, shape)
    return [TensorType(shape)]
  }

  /// Zeros, and one addition for each element.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let elements = try PickedElements(invocation, try shape(invocation))
    return FunctionKernel { operands in
      let (source, target) = (operands.inputs[0]!.floats, operands.outputs[0].floats)
      target.update(repeating: 0)
      elements.forEach(in: operands.inputs[1]!) { element, position in
        if let element { target[element] += source[position] }
      }
    }
  }
}

extension GradientBuilder {
  /// Zeros of `shape`, to which each element of `value` is added where `indices` point along `axis`.
  mutating func addToPicked(_ value: String, at indices: String, of shape: Shape, axis: Int) -> String {
    add(
      GatherElementsDerivative.name, [value, indices],
      ["shape": .ints(shape.map(Int64.init)), "axis": .int(Int64(axis))])
  }
}
