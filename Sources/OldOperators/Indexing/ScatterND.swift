import Graph
import Tensors

/// The first input with slices replaced by those of the third, `updates`, where tuples of the second point:
/// `Y[indices[i..], j..] = updates[i.., j..]`; or combined with them, as the attribute `reduction` says: `add`, `mul`, `max` or `min`.
///
/// An index outside of its axis is an error where the indices are known before the network runs, and does nothing where they come out
/// of a run. Of several updates of one element the last counts, and each gets the whole gradient.
public enum ScatterND: Operator {
  /// `ScatterND`.
  public static let name: OperatorName = "ScatterND"

  /// The input's type.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let input = try invocation.input(0)
    try ScatterReduction(invocation).check(invocation)
    let slices = try PickedSlices(invocation, input.shape)
    guard try invocation.input(2).shape == slices.shape else {
      throw invocation.error("has updates of \(try invocation.input(2).shape) for slices of \(slices.shape)")
    }
    return [input]
  }

  /// Axes that indices point along stay whole; all others go with those of the updates. A computed input and computed updates are two
  /// branches that meet.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    var rule = try PickedSlices(invocation, try invocation.input(0).shape).rule(
      invocation, slices: .input(2), tensors: [.input(0), .output(0)], "puts elements into it")
    rule.couplesBranches = invocation.constants[0] == nil && invocation.constants[2] == nil
    return rule
  }

  /// One copy, and one step for each element of the updates.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let reduction = try ScatterReduction(invocation)
    return kernel(
      try PickedSlices(invocation, try invocation.input(0).shape), reduction, try reduction.element(invocation))
  }

  private static func kernel<Element: Number>(
    _ slices: PickedSlices, _ reduction: ScatterReduction, _ type: Element.Type
  ) -> any Kernel {
    FunctionKernel { operands in
      CopyKernel().run(operands)
      let updates = operands.inputs[2]!.elements(as: type)
      let target = operands.outputs[0].elements(as: type)
      slices.forEach(in: operands.inputs[1]!) { start, position in
        guard let start else { return }
        for i in 0..<slices.size {
          target[start + i] = reduction.value(target[start + i], updates[position * slices.size + i])
        }
      }
    }
  }

  /// The gradient, 0 where elements were replaced; the updates' is what lies where they went.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    try gradients.setScattered(name, GatherND.name)
  }
}
