import EspalierExecution
import EspalierOperators
import EspalierTensors

/// A function of one number in plain Swift: the operator states `f` and its derivative, and its kernels follow.
package protocol PlainFunction: UnaryOperator, PlainOperator {
  /// `f(x)`.
  func value(_ x: Float) -> Float

  /// `f'(x)`, given `x` and `y = f(x)`.
  func derivative(_ x: Float, _ y: Float) -> Float

  /// Computes `dX = dY f'(X)` from `dY`, `X` and `Y`. It is a requirement, not only an extension method, so that the
  /// compiler specialises the loop for each operator instead of dispatching `f'` for every element.
  var derivativeKernel: any Kernel { get }
}

extension PlainFunction {
  /// One plain loop.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    FunctionKernel { operands in
      let source = operands.inputs[0]!.floats
      let target = operands.outputs[0].floats
      for i in 0..<target.count { target[i] = value(source[i]) }
    }
  }

  /// One plain loop.
  package var derivativeKernel: any Kernel {
    FunctionKernel { operands in
      let outputGradient = operands.inputs[0]!.floats
      let (x, y) = (operands.inputs[1]!.floats, operands.inputs[2]!.floats)
      let inputGradient = operands.outputs[0].floats
      for i in 0..<inputGradient.count { inputGradient[i] = outputGradient[i] * derivative(x[i], y[i]) }
    }
  }
}

extension UnaryDerivative: PlainOperator where Function: PlainFunction {
  /// One plain loop.
  package func kernel(_ types: OperandTypes) -> any Kernel { function.derivativeKernel }
}
