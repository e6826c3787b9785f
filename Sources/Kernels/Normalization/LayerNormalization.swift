import EspalierExecution
import EspalierOperators
import EspalierTensors

extension LayerNormalization: PlainOperator {
  /// For each row, two passes for mean and variance, and one that normalises.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let rows = rows
    return FunctionKernel { operands in
      let (x, y) = (operands.inputs[0]!.floats, operands.outputs[0].floats)
      let scale = operands.inputs[1]!.floats
      let bias = operands.inputs.count > 2 ? operands.inputs[2]?.floats : nil
      let statistics = operands.outputs.dropFirst().map(\.floats)
      for row in 0..<rows.count {
        let first = row * rows.size
        let (mean, factor) = rows.statistics(x, row)
        if statistics.count == 2 { (statistics[0][row], statistics[1][row]) = (mean, factor) }
        for i in 0..<rows.size { y[first + i] = (x[first + i] - mean) * factor * scale[i] + (bias?[i] ?? 0) }
      }
    }
  }
}

extension LayerNormalizationDataGradient: PlainOperator {
  /// For each row, a pass for the two sums, in double precision, and one for `dX`.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let rows = rows
    return FunctionKernel { operands in
      let (dY, x, scale) = (operands.inputs[0]!.floats, operands.inputs[1]!.floats, operands.inputs[2]!.floats)
      let dX = operands.outputs[0].floats
      for row in 0..<rows.count {
        let first = row * rows.size
        let (mean, factor) = rows.statistics(x, row)
        var (sum, product) = (0.0, 0.0)
        for i in 0..<rows.size {
          let gradient = Double(dY[first + i] * scale[i])
          sum += gradient
          product += gradient * Double((x[first + i] - mean) * factor)
        }
        let (shift, slope) = (Float(sum) / Float(rows.size), Float(product) / Float(rows.size))
        for i in 0..<rows.size {
          let normalized = (x[first + i] - mean) * factor
          dX[first + i] = factor * (dY[first + i] * scale[i] - shift - normalized * slope)
        }
      }
    }
  }
}

extension LayerNormalizationScaleGradient: PlainOperator {
  /// Row by row, summing in double precision.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let rows = rows
    return FunctionKernel { operands in
      let (dY, x, target) = (operands.inputs[0]!.floats, operands.inputs[1]!.floats, operands.outputs[0].floats)
      var sums = [Double](repeating: 0, count: rows.size)
      for row in 0..<rows.count {
        let first = row * rows.size
        let (mean, factor) = rows.statistics(x, row)
        for i in 0..<rows.size { sums[i] += Double(dY[first + i] * (x[first + i] - mean) * factor) }
      }
      for i in 0..<rows.size { target[i] = Float(sums[i]) }
    }
  }
}

extension NormalizedRows {
  /// The mean of row `row` and `1 / sqrt(variance + epsilon)`, summed in double precision.
  fileprivate func statistics(_ x: UnsafeMutableBufferPointer<Float>, _ row: Int) -> (mean: Float, factor: Float) {
    let (places, length) = (row * size..<(row + 1) * size, Double(max(size, 1)))
    var (sum, squares) = (0.0, 0.0)
    for i in places { sum += Double(x[i]) }
    let mean = sum / length
    for i in places { squares += (Double(x[i]) - mean) * (Double(x[i]) - mean) }
    return (Float(mean), 1 / (Float(squares / length) + epsilon).squareRoot())
  }
}
