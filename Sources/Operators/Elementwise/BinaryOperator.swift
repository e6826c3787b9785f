import Graph
import Tensors

/// An operator that combines two tensors element by element, broadcast to each other: `Y = f(A, B)`.
public protocol BinaryOperator: Operator {
  /// `f(a, b)`.
  static func value(_ a: Float, _ b: Float) -> Float
}

extension BinaryOperator {
  /// The shape both operands broadcast to.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let a = try invocation.floatInput(0).shape
    let b = try invocation.floatInput(1).shape
    guard let shape = Broadcasting.shape(a, b) else {
      throw invocation.error("shapes \(a) and \(b) cannot be broadcast to each other")
    }
    return [TensorType(shape)]
  }

  /// Axes that are not repeated go with those of the output; two computed operands are two branches that meet.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    let result = invocation.outputs[0].shape
    var rule = AxisRule()
    for position in 0..<2 {
      rule.ties += Broadcasting.ties(try invocation.input(position).shape, input: position, result: result)
    }
    rule.couplesBranches = invocation.constants.allSatisfy { $0 == nil }
    return rule
  }

  /// One plain loop, with shorter ones where an operand is not broadcast along the innermost axis or is constant there.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let result = invocation.outputs[0].shape
    let loop = StridedLoop(
      result, strides: try (0..<2).map { Broadcasting.strides(of: try invocation.input($0).shape, in: result) })
    let (stepA, stepB) = (loop.step(0), loop.step(1))
    return FunctionKernel { operands in
      let a = operands.inputs[0]!.floats.baseAddress!
      let b = operands.inputs[1]!.floats.baseAddress!
      let y = operands.outputs[0].floats.baseAddress!
      loop.forEachRun { start, count, offsets in
        let (a, b, y) = (a + offsets[0], b + offsets[1], y + start)
        switch (stepA, stepB) {
        case (1, 1): for i in 0..<count { y[i] = value(a[i], b[i]) }
        case (1, 0): for i in 0..<count { y[i] = value(a[i], b[0]) }
        default: for i in 0..<count { y[i] = value(a[i * stepA], b[i * stepB]) }
        }
      }
    }
  }
}

extension GradientBuilder {
  /// `value`, of the output's shape, summed over the axes along which the input at `position` was broadcast.
  mutating func sumOverRepeats(_ value: String, ofInput position: Int) throws -> String {
    sum(value, from: invocation.outputs[0].shape, to: try invocation.input(position).shape)
  }
}
