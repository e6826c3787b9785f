import Graph
import Tensors

/// An operator that maps each element on its own: `Y = f(X)`, of the same shape.
///
/// A value of a conforming type is the function of one node: it holds what the node's attributes set. The type states `f` and
/// its derivative, which may be read off `x` and `y = f(x)`; the rest follows.
public protocol UnaryOperator: Operator {
  /// The function that a node asks for, its parameters read from the attributes.
  ///
  /// - Throws: `DataError` where an attribute is not what it must be.
  init(_ invocation: Invocation) throws

  /// `f(x)`.
  func value(_ x: Float) -> Float

  /// `f'(x)`, given `x` and `y = f(x)`.
  func derivative(_ x: Float, _ y: Float) -> Float

  /// Computes `Y = f(X)`. A requirement, and not only an extension, so that the compiler writes one loop for each operator rather
  /// than one that looks up `f` for every element.
  var valueKernel: any Kernel { get }

  /// Computes `dX = dY f'(X)` from `dY`, `X` and `Y`; likewise.
  var derivativeKernel: any Kernel { get }
}

extension UnaryOperator {
  /// Each element on its own.
  public static var isElementwise: Bool { true }

  /// The input's type.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    _ = try Self(invocation)
    return [try invocation.floatInput(0)]
  }

  /// Each axis goes with itself.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    .identity(rank: try invocation.input(0).shape.rank)
  }

  /// ``valueKernel`` of the node's function.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel { try Self(invocation).valueKernel }

  /// One plain loop.
  public var valueKernel: any Kernel {
    FunctionKernel { operands in
      let source = operands.inputs[0]!.floats
      let target = operands.outputs[0].floats
      for i in 0..<target.count { target[i] = value(source[i]) }
    }
  }

  /// One plain loop.
  public var derivativeKernel: any Kernel {
    FunctionKernel { operands in
      let outputGradient = operands.inputs[0]!.floats.baseAddress!
      let x = operands.inputs[1]!.floats.baseAddress!
      let y = operands.inputs[2]!.floats.baseAddress!
      let inputGradient = operands.outputs[0].floats.baseAddress!
      let count = operands.outputs[0].floats.count
      for i in 0..<count { inputGradient[i] = outputGradient[i] * derivative(x[i], y[i]) }
    }
  }

  /// `dX = dY f'(X)`, with the parameters of the node.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    let gradient = gradients.add(
      UnaryDerivative<Self>.name, [gradients.outputGradient, gradients.input(0), gradients.output],
      gradients.invocation.node.attributes)
    gradients.set(gradient, forInput: 0)
  }

  /// The operator that computes `dX = dY f'(X)`.
  public static var derivativeOperator: any Operator.Type { UnaryDerivative<Self>.self }
}

/// The derivative of an element-wise operator: `dX = dY f'(X)`, from `dY`, `X` and `Y`.
public enum UnaryDerivative<Function: UnaryOperator>: Operator {
  /// Each element on its own.
  public static var isElementwise: Bool { true }

  /// The name of `f` with `Derivative` behind it.
  public static var name: OperatorName { .own(Function.name.type + "Derivative") }

  /// The type of `dY`.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    [try invocation.floatInput(0)]
  }

  /// One plain loop.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    try Function(invocation).derivativeKernel
  }
}
