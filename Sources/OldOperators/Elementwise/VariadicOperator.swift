import Graph
import Tensors

/// An operator that combines any number of tensors of one type element by element, broadcast to each other:
/// `Y = f(.. f(f(X0, X1), X2) ..)`.
public protocol VariadicOperator: Operator {
  /// `f(a, b)`.
  static func value<Element: Number>(_ a: Element, _ b: Element) -> Element
}

extension VariadicOperator {
  /// Each element on its own.
  public static var isElementwise: Bool { true }

  /// The shape all operands broadcast to, of their type.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    [TensorType(try invocation.broadcastShape(), try invocation.numericInputs().elementType)]
  }

  /// Axes that are not repeated go with those of the output; computed operands are branches that meet.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? { try invocation.broadcastAxes() }

  /// One plain loop for each operand.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let result = invocation.outputs[0].shape
    let loops = try invocation.inputs.indices.map {
      StridedLoop(result, strides: [Broadcasting.strides(of: try invocation.input($0).shape, in: result)])
    }
    if invocation.outputs[0].elementType == .float32 { return kernel(loops, Float.self) }
    return kernel(loops, try invocation.numericInputs().element)
  }

  private static func kernel<Element: Number>(_ loops: [StridedLoop], _ type: Element.Type) -> any Kernel {
    FunctionKernel { operands in
      let y = operands.outputs[0].elements(as: Element.self).baseAddress!
      for (position, loop) in loops.enumerated() {
        let x = operands.inputs[position]!.elements(as: Element.self).baseAddress!
        let step = loop.step(0)
        loop.forEachRun { start, count, offsets in
          let (x, y) = (x + offsets[0], y + start)
          if position == 0 {
            for i in 0..<count { y[i] = x[i * step] }
          } else {
            for i in 0..<count { y[i] = value(y[i], x[i * step]) }
          }
        }
      }
    }
  }
}

/// The greatest or the least of any number of tensors.
public protocol ExtremumOperator: VariadicOperator {}

extension ExtremumOperator {
  /// The gradient where an operand is the one chosen, in equal parts where several are, summed over what was broadcast.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    let operands = gradients.invocation.node.inputs
    for position in operands.indices where gradients.wants(position) {
      let share = gradients.add(
        ExtremumDerivative.name, [gradients.outputGradient, gradients.output] + operands,
        ["operand": .int(Int64(position))])
      gradients.set(try gradients.sumOverRepeats(share, ofInput: position), forInput: position)
    }
  }
}

/// The derivative of ``ExtremumOperator`` by the operand that the attribute `operand` counts: `dY / n` where that operand is
/// equal to `Y`, as `n` of the operands are, else 0. Inputs `dY`, `Y` and the operands.
public enum ExtremumDerivative: Operator {
  /// `espalier::ExtremumDerivative`.
  public static let name: OperatorName = .own("ExtremumDerivative")

  /// Each element on its own.
  public static var isElementwise: Bool { true }

  /// The type of `dY`.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let type = try invocation.floatInput(0)
    let operand = try invocation.int("operand", default: 0)
    guard (0..<invocation.inputs.count - 2).contains(operand), try invocation.broadcastShape() == type.shape else {
      throw invocation.error("lacks its operands")
    }
    return [type]
  }

  /// One pass over the output.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let loop = try invocation.broadcastLoop()
    let chosen = try invocation.int("operand", default: 0) + 2
    return FunctionKernel { operands in
      let sources = operands.inputs.map { $0!.floats.baseAddress! }
      let target = operands.outputs[0].floats
      loop.forEachRun { start, count, offsets in
        for i in 0..<count {
          func element(_ operand: Int) -> Float { sources[operand][offsets[operand] + i * loop.step(operand)] }
          let y = element(1)
          let equal = (2..<sources.count).count { element($0) == y }
          target[start + i] = element(chosen) == y ? element(0) / Float(equal) : 0
        }
      }
    }
  }
}
