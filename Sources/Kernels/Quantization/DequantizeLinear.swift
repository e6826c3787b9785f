import EspalierExecution
import EspalierOperators
import EspalierTensors

extension DequantizeLinear: PlainOperator {
  /// One pass over the elements.
  package func kernel(_ types: OperandTypes) -> any Kernel { kernel(source.element) }

  private func kernel<Source: Number>(_ source: Source.Type) -> any Kernel {
    FunctionKernel { [scales] operands in
      let x = operands.inputs[0]!.elements(as: source)
      let factors = operands.inputs[1]!.floats
      let zeros = scales.hasZeroPoint ? operands.inputs[2]!.elements(as: source) : nil
      let y = operands.outputs[0].floats
      scales.forEachRun { start, count, scale, step in
        for i in 0..<count {
          let place = scale + i * step
          y[start + i] = Float(x[start + i].double - (zeros?[place].double ?? 0)) * factors[place]
        }
      }
    }
  }
}
