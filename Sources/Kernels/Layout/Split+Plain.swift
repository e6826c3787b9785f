import EspalierExecution
import EspalierOperators

extension Split: BlockCopyOperator {
  /// One copy for each output.
  package func kernel(_ types: OperandTypes, in order: AxisOrder) -> any Kernel {
    let strides = order.strides(of: types.shape(ofInput: 0))
    let copies = zip(outputs, pieces).map { output, piece in
      StridedCopy(
        output.shape, from: .init(offset: piece.offset * strides[axis], strides),
        to: .init(order.strides(of: output.shape)), width: types.elementWidth())
    }
    return FunctionKernel { operands in
      for (copy, output) in zip(copies, operands.outputs) {
        copy.run(from: operands.inputs[0]!.address, to: output.address)
      }
    }
  }
}
