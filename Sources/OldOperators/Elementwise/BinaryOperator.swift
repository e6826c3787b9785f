import Graph
import Tensors

/// An operator that combines two tensors of one type element by element, broadcast to each other: `Y = f(A, B)`.
public protocol BinaryOperator: Operator {
  /// Whether one operand scales the other, so that an operand that is repeated along an axis is a gate: no branch.
  static var scales: Bool { get }

  /// `f(a, b)`.
  static func value<Element: Number>(_ a: Element, _ b: Element) -> Element
}

extension BinaryOperator {
  /// Each element on its own.
  public static var isElementwise: Bool { true }

  /// The shape both operands broadcast to, of their type.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    _ = try invocation.input(1)
    return [TensorType(try invocation.broadcastShape(), try invocation.numericInputs().elementType)]
  }

  /// Most do not.
  public static var scales: Bool { false }

  /// Axes that are not repeated go with those of the output; two computed operands are two branches that meet, unless one is
  /// a gate for the other.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    var rule = try invocation.broadcastAxes()
    let isRepeated = try invocation.input(0).shape != invocation.input(1).shape
    if scales, isRepeated { rule.couplesBranches = false }
    return rule
  }

  /// One plain loop, with shorter ones where an operand is not broadcast along the innermost axis or is constant there.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let loop = try invocation.broadcastLoop()
    // Named, so that the compiler writes the loop for it.
    if invocation.outputs[0].elementType == .float32 { return kernel(loop, Float.self) }
    return kernel(loop, try invocation.numericInputs().element)
  }

  private static func kernel<Element: Number>(_ loop: StridedLoop, _ type: Element.Type) -> any Kernel {
    FunctionKernel { operands in
      combine(operands, loop) { (a: Element, b: Element) -> Element in value(a, b) }
    }
  }
}

/// Combines two operands element by element. Inlined, so that `value` is part of the loop.
@inline(__always)
func combine<First: TensorElement, Second: TensorElement, Result: TensorElement>(
  _ operands: Operands, _ loop: StridedLoop, _ value: (First, Second) -> Result
) {
  let (stepA, stepB) = (loop.step(0), loop.step(1))
  let a = operands.inputs[0]!.elements(as: First.self).baseAddress!
  let b = operands.inputs[1]!.elements(as: Second.self).baseAddress!
  let y = operands.outputs[0].elements(as: Result.self).baseAddress!
  loop.forEachRun { start, count, offsets in
    let (a, b, y) = (a + offsets[0], b + offsets[1], y + start)
    switch (stepA, stepB) {
    case (1, 1): for i in 0..<count { y[i] = value(a[i], b[i]) }
    case (1, 0): for i in 0..<count { y[i] = value(a[i], b[0]) }
    default: for i in 0..<count { y[i] = value(a[i * stepA], b[i * stepB]) }
    }
  }
}

extension GradientBuilder {
  /// `value`, of the output's shape, summed over the axes along which the input at `position` was broadcast.
  mutating func sumOverRepeats(_ value: String, ofInput position: Int) throws -> String {
    sum(value, from: invocation.outputs[0].shape, to: try invocation.input(position).shape)
  }
}
