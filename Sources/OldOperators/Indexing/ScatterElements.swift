import Graph
import Tensors

/// The first input with single elements replaced by those of the third, `updates`, where the second points along the attribute `axis`:
/// `Y[indices[i, j, ..], j, ..] = updates[i, j, ..]` for axis 0; or combined with them, as the attribute `reduction` says: `add`, `mul`,
/// `max` or `min`. Negative indices count from the end.
///
/// An index outside of the axis is an error where the indices are known before the network runs, and does nothing where they come out
/// of a run. Of several updates of one element the last counts, and each gets the whole gradient.
public enum ScatterElements: Operator {
  /// `ScatterElements`.
  public static let name: OperatorName = "ScatterElements"

  /// The input's type.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let input = try invocation.input(0)
    try ScatterReduction(invocation).check(invocation)
    _ = try PickedElements(invocation, input.shape)
    guard try invocation.input(2).shape == invocation.input(1).shape else {
      throw invocation.error(
        "has \(try invocation.input(2).shape) updates for \(try invocation.input(1).shape) indices")
    }
    return [input]
  }

  /// The axis that indices point along stays whole; an element of any other goes with the same of all operands. A computed input and
  /// computed updates are two branches that meet.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    let shape = try invocation.input(0).shape
    var rule = try PickedElements.rule(
      invocation, picked: .input(2), tied: [.input(0), .output(0)], "puts elements into it")
    let frozen = Set(rule.frozen.map(\.axis))
    // The updates may cover only the first elements of an axis.
    rule.ties += shape.indices.filter { !frozen.contains(PortAxis(.output(0), $0)) }.map {
      AxisTie(PortAxis(.input(0), $0), PortAxis(.output(0), $0))
    }
    rule.couplesBranches = invocation.constants[0] == nil && invocation.constants[2] == nil
    return rule
  }

  /// One copy, and one step for each update.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let reduction = try ScatterReduction(invocation)
    return kernel(
      try PickedElements(invocation, try invocation.input(0).shape), reduction, try reduction.element(invocation))
  }

  private static func kernel<Element: Number>(
    _ elements: PickedElements, _ reduction: ScatterReduction, _ type: Element.Type
  ) -> any Kernel {
    FunctionKernel { operands in
      CopyKernel().run(operands)
      let updates = operands.inputs[2]!.elements(as: type)
      let target = operands.outputs[0].elements(as: type)
      elements.forEach(in: operands.inputs[1]!) { element, position in
        if let element { target[element] = reduction.value(target[element], updates[position]) }
      }
    }
  }

  /// The gradient, 0 where elements were replaced; the updates' is what lies where they went.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    let axis = Int64(try gradients.invocation.int("axis", default: 0))
    try gradients.setScattered(name, GatherElements.name, ["axis": .int(axis)])
  }
}
