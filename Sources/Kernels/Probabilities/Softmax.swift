import EspalierExecution
import EspalierOperators
import Foundation

extension Softmax: PlainOperator {
  /// Each row is shifted by its maximum, so that nothing overflows.
  package func kernel(_ types: OperandTypes) -> any Kernel { SoftmaxKernel(rows: rows, empty: .nan) }
}

/// The softmax of rows.
struct SoftmaxKernel: Kernel {
  /// The rows.
  let rows: SoftmaxRows
  /// The value of every element in a row whose inputs are all minus infinity.
  let empty: Float

  func run(_ operands: Operands) {
    let (x, y) = (operands.inputs[0]!.floats, operands.outputs[0].floats)
    rows.forEach { start in
      var maximum = -Float.infinity
      for i in 0..<rows.size { maximum = max(maximum, x[start + i * rows.inner]) }
      guard maximum > -.infinity else {
        for place in (0..<rows.size).map({ start + $0 * rows.inner }) { y[place] = x[place].isNaN ? .nan : empty }
        return
      }
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

extension SoftmaxDerivative: PlainOperator {
  /// Two passes over each row.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    FunctionKernel { operands in
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
