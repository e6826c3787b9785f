import Graph
import Tensors

/// An operator that sums over axes: over those it is given (an attribute, or from operator set 13 or 18 on an input), or all.
public protocol Reduction: Operator {
  /// What each sum of `count` elements is multiplied by.
  static func factor(count: Int) -> Float
}

extension Reduction {
  /// The input's shape without the axes summed over, or with size 1 there.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    [try ReducedAxes(invocation).type(invocation)]
  }

  /// Axes that stay go with themselves; those summed over stay whole.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    try ReducedAxes(invocation).rule("sums over it")
  }

  /// One pass over the input.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let reduced = try ReducedAxes(invocation)
    let (shape, type) = (try invocation.input(0).shape, try invocation.input(0).elementType)
    if type == .float32 { return StridedSum(of: shape, to: reduced.kept, factor: factor(count: reduced.count)) }
    let loop = reduced.loop(over: shape)
    let isMean = factor(count: reduced.count) != 1
    return kernel(loop, divisor: isMean ? Double(reduced.count) : 1, try invocation.number(type))
  }

  /// One pass over numbers of other types; fractions that whole numbers do not have are cut off.
  private static func kernel<Element: Number>(
    _ loop: StridedLoop, divisor: Double, _ type: Element.Type
  ) -> any Kernel {
    let step = loop.step(0)
    return FunctionKernel { operands in
      let source = operands.inputs[0]!.elements(as: type)
      let target = operands.outputs[0].elements(as: type)
      target.update(repeating: .zero)
      loop.forEachRun { start, count, offsets in
        for i in 0..<count {
          let place = offsets[0] + i * step
          target[place] = .sum(target[place], source[start + i])
        }
      }
      if divisor != 1 { for i in 0..<target.count { target[i] = Element(double: target[i].double / divisor) } }
    }
  }

  /// The gradient repeated along the axes summed over, times the factor.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    let call = gradients.invocation
    let reduced = try ReducedAxes(call)
    let shape = try call.input(0).shape
    let gradient = gradients.reshape(gradients.outputGradient, to: reduced.kept)
    let repeated = gradients.add(
      BroadcastToShape.name, [gradient],
      [
        "shape": .ints(shape.map(Int64.init)),
        "factor": .float(factor(count: reduced.count)),
      ])
    gradients.set(repeated, forInput: 0)
  }
}
