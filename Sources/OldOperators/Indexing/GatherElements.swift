import Graph
import Tensors

/// Single elements of the first input, those that the second names along the attribute `axis`:
/// `Y[i, j, ..] = X[indices[i, j, ..], j, ..]` for axis 0. Negative indices count from the end.
///
/// An index outside of the axis is an error where the indices are known before the network runs, and gives zero where they come
/// out of a run.
public enum GatherElements: Operator {
  /// `GatherElements`.
  public static let name: OperatorName = "GatherElements"

  /// The table that is looked up.
  public static var parameterInputs: ParameterInputs { .at(0..<1) }

  /// The shape of the indices.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let input = try invocation.input(0)
    _ = try PickedElements(invocation, input.shape)
    return [TensorType(try invocation.input(1).shape, input.elementType)]
  }

  /// The axis picked from stays whole; an element of any other goes with the same of the indices and of the output.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    try PickedElements.rule(invocation, picked: .output(0), tied: [.input(0)], "picks from it")
  }

  /// One copy for each index.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    kernel(
      try PickedElements(invocation, try invocation.input(0).shape), try invocation.movedElement())
  }

  private static func kernel<Element: TensorElement>(_ elements: PickedElements, _ type: Element.Type) -> any Kernel {
    FunctionKernel { operands in
      let source = operands.inputs[0]!.elements(as: type)
      let target = operands.outputs[0]
      target.clear()
      let places = target.elements(as: type)
      elements.forEach(in: operands.inputs[1]!) { element, position in
        if let element { places[position] = source[element] }
      }
    }
  }

  /// Each element of the gradient added to where it came from.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    guard gradients.wants(0) else { return }
    let call = gradients.invocation
    let shape = try call.input(0).shape
    let gradient = gradients.addToPicked(
      gradients.outputGradient, at: gradients.input(1), of: shape, axis: try PickedElements.axis(call, shape))
    gradients.set(gradient, forInput: 0)
  }
}
