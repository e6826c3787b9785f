import EspalierExecution
import EspalierOperators
import EspalierTensors

extension ReduceProd: PlainFold {
  /// 1.
  package static var start: Double { 1 }

  /// `p x`.
  package static func fold(_ result: Double, _ x: Double) -> Double { result * x }
}

extension ReduceProdDerivative: PlainOperator {
  /// One pass that multiplies and counts zeros, and one that divides.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let loop = Broadcasting.loop(types)
    let (step, places) = (loop.step(0), types.inputs[0]!.shape.elementCount)
    return FunctionKernel { operands in
      let (dY, x, target) = (operands.inputs[0]!.floats, operands.inputs[1]!.floats, operands.outputs[0].floats)
      var products = [Double](repeating: 1, count: places)
      var zeros = [Int](repeating: 0, count: places)
      loop.forEachRun { start, count, offsets in
        for i in 0..<count {
          let place = offsets[0] + i * step
          if x[start + i] == 0 { zeros[place] += 1 } else { products[place] *= Double(x[start + i]) }
        }
      }
      loop.forEachRun { start, count, offsets in
        for i in 0..<count {
          let (place, element) = (offsets[0] + i * step, Double(x[start + i]))
          let others = element == 0 ? zeros[place] - 1 : zeros[place]
          target[start + i] =
            others > 0 ? 0 : dY[place] * Float(element == 0 ? products[place] : products[place] / element)
        }
      }
    }
  }
}
