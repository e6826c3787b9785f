import EspalierExecution
import EspalierOperators

extension Concat: BlockCopyOperator {
  /// One copy for each input.
  package func kernel(_ types: OperandTypes, in order: AxisOrder) -> any Kernel {
    let strides = order.strides(of: outputs[0].shape)
    let copies = offsets.enumerated().map { position, offset in
      let shape = types.shape(ofInput: position)
      return StridedCopy(
        shape, from: .init(order.strides(of: shape)), to: .init(offset: offset * strides[axis], strides),
        width: types.elementWidth())
    }
    return FunctionKernel { operands in
      for (copy, input) in zip(copies, operands.inputs) {
        copy.run(from: input!.address, to: operands.outputs[0].address)
      }
    }
  }
}
