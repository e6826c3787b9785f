import Foundation
import Graph

/// The logarithm of the softmax: `Y_i = X_i - log(sum over j of exp(X_j))`, along one axis.
public enum LogSoftmax: Operator {
  /// `LogSoftmax`.
  public static let name: OperatorName = "LogSoftmax"

  /// The input's type.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    _ = try SoftmaxRows(invocation)
    return [try invocation.floatInput(0)]
  }

  /// The axis normalised over stays whole.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    try SoftmaxRows(invocation).axisRule(rank: try invocation.input(0).shape.rank)
  }

  /// Each row shifted by its maximum, so that nothing overflows.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let rows = try SoftmaxRows(invocation)
    return FunctionKernel { operands in
      let (x, y) = (operands.inputs[0]!.floats, operands.outputs[0].floats)
      rows.forEach { start in
        var maximum = -Float.infinity
        for i in 0..<rows.size { maximum = max(maximum, x[start + i * rows.inner]) }
        var sum = 0.0
        for i in 0..<rows.size { sum += Double(exp(x[start + i * rows.inner] - maximum)) }
        // Subtracted one after the other: the maximum may be so large that the logarithm is lost in their sum.
        let logarithm = Float(log(sum))
        for i in 0..<rows.size { y[start + i * rows.inner] = (x[start + i * rows.inner] - maximum) - logarithm }
      }
    }
  }

  /// `dX_i = dY_i - exp(Y_i) sum over j of dY_j`.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    let gradient = gradients.addSoftmaxDerivative(LogSoftmaxDerivative.name, try SoftmaxRows(gradients.invocation))
    gradients.set(gradient, forInput: 0)
  }
}

/// `dX_i = dY_i - exp(Y_i) sum over j of dY_j`, from `dY` and `Y`.
public enum LogSoftmaxDerivative: Operator {
  /// `espalier::LogSoftmaxDerivative`.
  public static let name: OperatorName = .own("LogSoftmaxDerivative")

  /// The type of `dY`.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] { [try invocation.floatInput(0)] }

  /// Two passes over each row.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let rows = try SoftmaxRows(invocation)
    return FunctionKernel { operands in
      let (dY, y) = (operands.inputs[0]!.floats, operands.inputs[1]!.floats)
      let dX = operands.outputs[0].floats
      rows.forEach { start in
        var sum: Float = 0
        for i in 0..<rows.size { sum += dY[start + i * rows.inner] }
        for i in 0..<rows.size {
          let place = start + i * rows.inner
          dX[place] = dY[place] - exp(y[place]) * sum
        }
      }
    }
  }
}
