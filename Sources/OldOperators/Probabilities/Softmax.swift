import Foundation
import Graph

/// The normalised exponential: `Y_i = exp(X_i) / sum over j of exp(X_j)`, along one axis.
public enum Softmax: Operator {
  /// `Softmax`.
  public static let name: OperatorName = "Softmax"

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
    if rows.inner == 1 { return neighbours(rows) }
    return FunctionKernel { operands in
      let (x, y) = (operands.inputs[0]!.floats, operands.outputs[0].floats)
      rows.forEach { start in
        var maximum = -Float.infinity
        for i in 0..<rows.size { maximum = max(maximum, x[start + i * rows.inner]) }
        var sum = 0.0
        for i in 0..<rows.size {
          let e = exp(x[start + i * rows.inner] - maximum)
          y[start + i * rows.inner] = e
          sum += Double(e)
        }
        for i in 0..<rows.size { y[start + i * rows.inner] /= Float(sum) }
      }
    }
  }

  /// Rows of neighbours, shared out among threads.
  private static func neighbours(_ rows: SoftmaxRows) -> any Kernel {
    let parts = RowParts(rows: rows.outer, size: rows.size, costPerElement: 8)
    return FunctionKernel { operands in
      guard let x = operands.inputs[0]!.floats.baseAddress, let y = operands.outputs[0].floats.baseAddress else {
        return
      }
      parts.forEach { row in
        VectorMath.softmax(x + row * rows.size, y + row * rows.size, count: rows.size, empty: .nan)
      }
    }
  }

  /// `dX_i = Y_i (dY_i - sum over j of dY_j Y_j)`.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    let gradient = gradients.addSoftmaxDerivative(SoftmaxDerivative.name, try SoftmaxRows(gradients.invocation))
    gradients.set(gradient, forInput: 0)
  }
}

/// `dX_i = Y_i (dY_i - sum over j of dY_j Y_j)`, from `dY` and `Y`.
public enum SoftmaxDerivative: Operator {
  /// `espalier::SoftmaxDerivative`.
  public static let name: OperatorName = .own("SoftmaxDerivative")

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
        for i in 0..<rows.size { sum += dY[start + i * rows.inner] * y[start + i * rows.inner] }
        for i in 0..<rows.size {
          let place = start + i * rows.inner
          dX[place] = y[place] * (dY[place] - sum)
        }
      }
    }
  }
}

extension GradientBuilder {
  /// Adds the derivative `op` of a softmax over `rows`, whose axes become one so that old and new rules agree.
  mutating func addSoftmaxDerivative(_ op: OperatorName, _ rows: SoftmaxRows) -> String {
    let gradient = reshape(outputGradient, to: [rows.outer, rows.size, rows.inner])
    let result = reshape(output, to: [rows.outer, rows.size, rows.inner])
    let derivative = add(op, [gradient, result], ["axis": .int(1)])
    return reshape(derivative, to: invocation.outputs[0].shape)
  }
}
