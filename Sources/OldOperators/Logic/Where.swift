import Graph
import Tensors

/// `X` where the condition holds, else `Y`, element by element, all three broadcast to each other.
public enum Where: Operator {
  /// `Where`.
  public static let name: OperatorName = "Where"

  /// Each element on its own.
  public static var isElementwise: Bool { true }

  /// The shape that all three broadcast to.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    _ = try invocation.truthInput(0)
    let (x, y) = (try invocation.input(1).elementType, try invocation.input(2).elementType)
    guard x == y else { throw invocation.error("chooses between \(x) and \(y)") }
    return [TensorType(try invocation.broadcastShape(), x)]
  }

  /// Axes that are not repeated go with those of the output; two computed operands are two branches that meet.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    var rule = try invocation.broadcastAxes()
    rule.couplesBranches = invocation.constants[1] == nil && invocation.constants[2] == nil
    return rule
  }

  /// One plain loop.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let loop = try invocation.broadcastLoop()
    switch try invocation.elementWidth(ofInput: 1) {
    case 1: return choose(loop, UInt8.self)
    case 2: return choose(loop, UInt16.self)
    case 4: return choose(loop, UInt32.self)
    case 8: return choose(loop, UInt64.self)
    default: throw invocation.error("cannot choose between elements of \(try invocation.input(1).elementType)")
    }
  }

  private static func choose<Element: TensorElement>(_ loop: StridedLoop, _ type: Element.Type) -> any Kernel {
    let steps = (loop.step(0), loop.step(1), loop.step(2))
    return FunctionKernel { operands in
      let condition = operands.inputs[0]!.elements(as: Bool.self).baseAddress!
      let x = operands.inputs[1]!.elements(as: Element.self).baseAddress!
      let y = operands.inputs[2]!.elements(as: Element.self).baseAddress!
      let target = operands.outputs[0].elements(as: Element.self).baseAddress!
      loop.forEachRun { start, count, offsets in
        let (condition, x, y) = (condition + offsets[0], x + offsets[1], y + offsets[2])
        for i in 0..<count { target[start + i] = condition[i * steps.0] ? x[i * steps.1] : y[i * steps.2] }
      }
    }
  }

  /// The gradient where each was chosen, zeros elsewhere.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    for position in 1...2 where gradients.wants(position) {
      let chosen = position == 1 ? gradients.input(0) : gradients.add(Not.name, [gradients.input(0)])
      let mask = gradients.add(Cast.name, [chosen], ["to": .int(1)])
      let product = gradients.add(Multiply.name, [gradients.outputGradient, mask])
      gradients.set(try gradients.sumOverRepeats(product, ofInput: position), forInput: position)
    }
  }
}
