import EspalierExecution
import EspalierOperators
import EspalierTensors

extension LayerNormalization: VectorOperator {
  /// Divides the rows among threads; two passes for mean and variance.
  package func vectorKernel(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)? {
    let rows = VectorRows(rows)
    return FunctionKernel { operands in
      let (x, y) = (operands.inputs[0]!.floats.baseAddress!, operands.outputs[0].floats.baseAddress!)
      let scale = operands.inputs[1]!.floats.baseAddress!
      let bias = operands.inputs.count > 2 ? operands.inputs[2]?.floats.baseAddress : nil
      let statistics = operands.outputs.dropFirst().map { $0.floats.baseAddress! }
      rows.forEach { row in
        let (x, y) = (UnsafePointer(x + row * rows.size), y + row * rows.size)
        let (mean, factor) = rows.statistics(x)
        if statistics.count == 2 { (statistics[0][row], statistics[1][row]) = (mean, factor) }
        VectorMath.forEach(
          rows.size,
          { place in
            var result = (VectorMath.load(x, place) - mean) * factor * VectorMath.load(scale, place)
            if let bias { result += VectorMath.load(bias, place) }
            VectorMath.store(result, y, place)
          },
          rest: { y[$0] = (x[$0] - mean) * factor * scale[$0] + (bias?[$0] ?? 0) })
      }
    }
  }
}

extension LayerNormalizationDataGradient: VectorOperator {
  /// Divides the rows among threads.
  package func vectorKernel(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)? {
    let rows = VectorRows(rows)
    return FunctionKernel { operands in
      let inputs = operands.inputs.map { UnsafePointer($0!.floats.baseAddress!) }
      let (scale, dX) = (inputs[2], operands.outputs[0].floats.baseAddress!)
      rows.forEach { row in
        let (dY, x, dX) = (inputs[0] + row * rows.size, inputs[1] + row * rows.size, dX + row * rows.size)
        let (mean, factor) = rows.statistics(x)
        let sum = VectorMath.sum(
          rows.size, { VectorMath.load(dY, $0) * VectorMath.load(scale, $0) }, rest: { dY[$0] * scale[$0] })
        let product = VectorMath.sum(
          rows.size,
          { place in
            VectorMath.load(dY, place) * VectorMath.load(scale, place) * (VectorMath.load(x, place) - mean)
          }, rest: { dY[$0] * scale[$0] * (x[$0] - mean) })
        let (shift, slope) = (sum / Float(rows.size), product * factor * factor / Float(rows.size))
        VectorMath.forEach(
          rows.size,
          { place in
            let gradient = VectorMath.load(dY, place) * VectorMath.load(scale, place)
            let distance = VectorMath.load(x, place) - mean
            VectorMath.store(factor * (gradient - shift - distance * slope), dX, place)
          },
          rest: { dX[$0] = factor * (dY[$0] * scale[$0] - shift - (x[$0] - mean) * slope) })
      }
    }
  }
}

extension LayerNormalizationScaleGradient: VectorOperator {
  /// Divides the rows among threads and adds up their sums.
  package func vectorKernel(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)? {
    let rows = VectorRows(rows)
    let sums = ChannelSums(rows: rows.count, channels: rows.size)
    return FunctionKernel { operands in
      let inputs = operands.inputs.map { UnsafePointer($0!.floats.baseAddress!) }
      sums.add(into: operands.outputs[0].floats.baseAddress!) { row, sums in
        let (dY, x) = (inputs[0] + row * rows.size, inputs[1] + row * rows.size)
        let (mean, factor) = rows.statistics(x)
        VectorMath.forEach(
          rows.size,
          { place in
            let term = VectorMath.load(dY, place) * (VectorMath.load(x, place) - mean) * factor
            VectorMath.store(VectorMath.load(sums, place) + term, sums, place)
          },
          rest: { sums[$0] += dY[$0] * (x[$0] - mean) * factor })
      }
    }
  }
}
