import EspalierExecution
import EspalierOperators
import EspalierTensors

extension Resize: PlainOperator {
  /// Row by row.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let (interpolation, constant) = (Interpolation(taps), constant)
    return FunctionKernel { operands in
      interpolation.apply(
        operands.inputs[0]!.floats.baseAddress!, to: operands.outputs[0].floats.baseAddress!, constant: constant)
    }
  }
}

extension Upsample: PlainOperator {
  /// As ``Resize``.
  package func kernel(_ types: OperandTypes) -> any Kernel { modern.kernel(types) }
}

extension ResizeDerivative: PlainOperator {
  /// Row by row.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let interpolation = Interpolation(taps)
    return FunctionKernel { operands in
      let target = operands.outputs[0].floats
      target.update(repeating: 0)
      interpolation.applyTransposed(operands.inputs[0]!.floats.baseAddress!, addingTo: target.baseAddress!)
    }
  }
}
