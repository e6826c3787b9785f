import Graph
import Tensors

/// Running sums along one axis: `Y[.., i, ..] = sum over j <= i of X[.., j, ..]`; over `j < i` where the attribute `exclusive`
/// is set, from the end where `reverse` is.
///
/// The axis is the second input, one whole number, which must be known before the network runs. Whole numbers wrap around.
public enum CumSum: Operator {
  /// `CumSum`.
  public static let name: OperatorName = "CumSum"

  private static func axis(_ invocation: Invocation) throws -> Int {
    guard let axis = try invocation.ints("axis", orInput: 1), axis.count == 1 else {
      throw invocation.error("does not say along which axis it sums")
    }
    return try invocation.axis(axis[0], ofInput: 0)
  }

  /// The input's type.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    _ = (try axis(invocation), try invocation.flag("exclusive"), try invocation.flag("reverse"))
    let input = try invocation.input(0)
    _ = try invocation.number(input.elementType)
    return [input]
  }

  /// Each axis goes with itself, but the one that is summed along stays whole.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    let axis = try axis(invocation)
    var rule = AxisRule.identity(rank: try invocation.input(0).shape.rank, except: [axis])
    rule.freeze(axis, "sums along it")
    return rule
  }

  /// One addition for each element.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let input = try invocation.input(0)
    return kernel(
      IndexedSlices(input.shape, axis: try axis(invocation)), isExclusive: try invocation.flag("exclusive"),
      isReversed: try invocation.flag("reverse"), try invocation.number(input.elementType))
  }

  private static func kernel<Element: Number>(
    _ slices: IndexedSlices, isExclusive: Bool, isReversed: Bool, _ type: Element.Type
  ) -> any Kernel {
    let (size, inner) = (slices.size, slices.inner)
    return FunctionKernel { operands in
      let source = operands.inputs[0]!.elements(as: type)
      let target = operands.outputs[0].elements(as: type)
      for o in 0..<slices.outer {
        for step in 0..<size {
          let here = (o * size + (isReversed ? size - 1 - step : step)) * inner
          let last = here + (isReversed ? inner : -inner)
          for i in 0..<inner {
            let sum = step == 0 ? .zero : target[last + i]
            target[here + i] =
              isExclusive ? .sum(sum, step == 0 ? .zero : source[last + i]) : .sum(sum, source[here + i])
          }
        }
      }
    }
  }

  /// The running sums of the gradient from the other end.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    let call = gradients.invocation
    let gradient = gradients.add(
      name, [gradients.outputGradient],
      [
        "axis": .ints([Int64(try axis(call))]), "exclusive": .int(try call.flag("exclusive") ? 1 : 0),
        "reverse": .int(try call.flag("reverse") ? 0 : 1),
      ])
    gradients.set(gradient, forInput: 0)
  }
}
