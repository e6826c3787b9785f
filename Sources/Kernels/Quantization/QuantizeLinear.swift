import EspalierExecution
import EspalierOperators
import EspalierTensors

extension QuantizeLinear: PlainOperator {
  /// One pass over the elements.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    kernel(types.inputs[0]!.elementType.element, target.element)
  }

  private func kernel<Source: Number, Target: Number>(_ source: Source.Type, _ target: Target.Type)
    -> any Kernel
  {
    let isWhole = target.elementType.isWhole
    return FunctionKernel { [scales, saturates] operands in
      let x = operands.inputs[0]!.elements(as: source)
      let factors = operands.inputs[1]!.floats
      let zeros = scales.hasZeroPoint ? operands.inputs[2]!.elements(as: target) : nil
      let y = operands.outputs[0].elements(as: target)
      scales.forEachRun { start, count, scale, step in
        for i in 0..<count {
          let place = scale + i * step
          // In single precision, as the standard divides.
          let quotient = Float(x[start + i].double) / factors[place]
          let multiple = isWhole ? quotient.rounded(.toNearestOrEven) : quotient
          y[start + i] = Target(
            double: Double(multiple) + (zeros?[place].double ?? 0), saturates: saturates)
        }
      }
    }
  }
}
