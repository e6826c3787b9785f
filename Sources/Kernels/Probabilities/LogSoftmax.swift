import EspalierExecution
import EspalierOperators
import Foundation

extension LogSoftmax: PlainOperator {
  /// Each row is shifted by its maximum, so that nothing overflows.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    FunctionKernel { operands in
      let (x, y) = (operands.inputs[0]!.floats, operands.outputs[0].floats)
      rows.forEach { start in
        var maximum = -Float.infinity
        for i in 0..<rows.size { maximum = max(maximum, x[start + i * rows.inner]) }
        var sum = 0.0
        for i in 0..<rows.size { sum += Double(exp(x[start + i * rows.inner] - maximum)) }
        // Subtracted one after the other: if the maximum is large, the logarithm would be lost in their sum.
        let logarithm = Float(log(sum))
        for i in 0..<rows.size { y[start + i * rows.inner] = (x[start + i * rows.inner] - maximum) - logarithm }
      }
    }
  }
}

extension LogSoftmaxDerivative: PlainOperator {
  /// Two passes over each row.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    FunctionKernel { operands in
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
