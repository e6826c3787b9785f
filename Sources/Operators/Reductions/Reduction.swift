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
    _ = try invocation.floatInput(0)
    return [TensorType(try ReducedAxes(invocation).result)]
  }

  /// Axes that stay go with themselves; those summed over stay whole.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    try ReducedAxes(invocation).rule("sums over it")
  }

  /// One pass over the input.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let reduced = try ReducedAxes(invocation)
    let shape = try invocation.input(0).shape
    return StridedSum(of: shape, to: reduced.kept, factor: factor(count: reduced.count))
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
