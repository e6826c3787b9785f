import EspalierExecution
import EspalierOperators
import EspalierTensors
import Foundation

extension SoftmaxCrossEntropy: PlainOperator {
  /// Each row is shifted by its maximum; sums are in double precision.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let (rows, classes) = (shape[0], shape[1])
    return FunctionKernel { operands in
      let (logits, targets) = (operands.inputs[0]!.floats, operands.inputs[1]!.floats)
      var loss = 0.0
      for row in 0..<rows {
        let start = row * classes
        var maximum = -Float.infinity
        for c in 0..<classes { maximum = max(maximum, logits[start + c]) }
        var sum: Float = 0
        for c in 0..<classes { sum += exp(logits[start + c] - maximum) }
        // Not their sum: if the maximum is large, the logarithm would be lost in it.
        let logarithm = log(sum)
        for c in 0..<classes { loss += Double(targets[start + c] * (logarithm + (maximum - logits[start + c]))) }
      }
      operands.outputs[0].floats[0] = Float(loss / Double(rows))
    }
  }
}

extension SoftmaxCrossEntropyDerivative: PlainOperator {
  /// Three passes over each row.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let (rows, classes) = (logits.shape[0], logits.shape[1])
    return FunctionKernel { operands in
      let factor = operands.inputs[0]!.floats[0] / Float(rows)
      let (logits, targets) = (operands.inputs[1]!.floats, operands.inputs[2]!.floats)
      let gradient = operands.outputs[0].floats
      for row in 0..<rows {
        let start = row * classes
        var maximum = -Float.infinity
        for c in 0..<classes { maximum = max(maximum, logits[start + c]) }
        var (sum, mass): (Float, Float) = (0, 0)
        for c in 0..<classes {
          let e = exp(logits[start + c] - maximum)
          gradient[start + c] = e
          sum += e
          mass += targets[start + c]
        }
        for c in 0..<classes {
          gradient[start + c] = factor * (gradient[start + c] * mass / sum - targets[start + c])
        }
      }
    }
  }
}
