import Graph
import Tensors

/// An operator that takes the greatest or the least over axes.
public protocol ExtremumReduction: Operator {
  /// What the extremum of nothing is.
  static func empty<Element: Number>(_ type: Element.Type) -> Element

  /// The extremum of two.
  static func value<Element: Number>(_ a: Element, _ b: Element) -> Element
}

extension ExtremumReduction {
  /// The input's shape without the axes, or with size 1 there.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    [try ReducedAxes(invocation).type(invocation)]
  }

  /// Axes that stay go with themselves; the others stay whole.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    try ReducedAxes(invocation).rule("compares along it")
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
      target.update(repeating: empty(type))
      loop.forEachRun { start, count, offsets in
        for i in 0..<count {
          let place = offsets[0] + i * step
          target[place] = value(target[place], source[start + i])
        }
      }
    }
  }

  /// The gradient to the element chosen, in equal parts where several are equal.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    let call = gradients.invocation
    let kept = try ReducedAxes(call).kept
    let gradient = gradients.add(
      ReducedExtremumDerivative.name,
      [
        gradients.reshape(gradients.outputGradient, to: kept), gradients.reshape(gradients.output, to: kept),
        gradients.input(0),
      ])
    gradients.set(gradient, forInput: 0)
  }
}

/// The derivative of ``ExtremumReduction``: `dY / n` where `X = Y`, as it is `n` times along the axes, else 0. Inputs `dY` and
/// `Y`, with the axes at size 1, and `X`.
public enum ReducedExtremumDerivative: Operator {
  /// `espalier::ReducedExtremumDerivative`.
  public static let name: OperatorName = .own("ReducedExtremumDerivative")

  /// The type of `X`.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let x = try invocation.floatInput(2)
    guard try invocation.floatInput(0) == invocation.floatInput(1), try invocation.broadcastShape() == x.shape else {
      throw invocation.error("a gradient of \(try invocation.input(0)) does not fit \(x)")
    }
    return [x]
  }

  /// One pass that counts, and one that divides.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let loop = try invocation.broadcastLoop()
    let (step, places) = (loop.step(0), try invocation.input(0).shape.elementCount)
    return FunctionKernel { operands in
      let (dY, y) = (operands.inputs[0]!.floats, operands.inputs[1]!.floats)
      let (x, target) = (operands.inputs[2]!.floats, operands.outputs[0].floats)
      var counts = [Float](repeating: 0, count: places)
      loop.forEachRun { start, count, offsets in
        for i in 0..<count where x[start + i] == y[offsets[0] + i * step] { counts[offsets[0] + i * step] += 1 }
      }
      loop.forEachRun { start, count, offsets in
        for i in 0..<count {
          let place = offsets[0] + i * step
          target[start + i] = x[start + i] == y[place] ? dY[place] / counts[place] : 0
        }
      }
    }
  }
}
