import Graph
import Tensors

/// An operator that takes the elements along axes one after another into one number, in double precision: over the axes that it is
/// given (an attribute, or from operator set 18 on an input), or all.
public protocol FoldedReduction: Operator {
  /// What it begins with: the result of no elements, before ``finish(_:)``.
  static var start: Double { get }

  /// The result of one more element.
  static func fold(_ result: Double, _ x: Double) -> Double

  /// What becomes of the last result.
  static func finish(_ result: Double) -> Double

  /// Adds the nodes of the gradient of `X` and returns its name; `dY` and `Y` have the axes at size 1.
  static func gradient(_ gradients: inout GradientBuilder, dY: String, y: String) throws -> String
}

extension FoldedReduction {
  /// Most are done.
  public static func finish(_ result: Double) -> Double { result }

  /// The input's shape without the axes, or with size 1 there.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    [try ReducedAxes(invocation).type(invocation)]
  }

  /// Axes that stay go with themselves; the others stay whole.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    try ReducedAxes(invocation).rule("reduces it")
  }

  /// One pass over the input.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let (input, reduced) = (try invocation.input(0), try ReducedAxes(invocation))
    let loop = reduced.loop(over: input.shape)
    return input.elementType == .float32
      ? kernel(loop, Float.self) : kernel(loop, try invocation.number(input.elementType))
  }

  private static func kernel<Element: Number>(_ loop: StridedLoop, _ type: Element.Type) -> any Kernel {
    let step = loop.step(0)
    return FunctionKernel { operands in
      let source = operands.inputs[0]!.elements(as: type)
      let target = operands.outputs[0].elements(as: type)
      var results = [Double](repeating: start, count: target.count)
      loop.forEachRun { first, count, offsets in
        for i in 0..<count {
          let place = offsets[0] + i * step
          results[place] = fold(results[place], source[first + i].double)
        }
      }
      for i in 0..<target.count { target[i] = Element(double: finish(results[i])) }
    }
  }

  /// What ``gradient(_:dY:y:)`` adds.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    let kept = try ReducedAxes(gradients.invocation).kept
    let (dY, y) = (gradients.reshape(gradients.outputGradient, to: kept), gradients.reshape(gradients.output, to: kept))
    gradients.set(try gradient(&gradients, dY: dY, y: y), forInput: 0)
  }
}
