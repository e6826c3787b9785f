import EspalierExecution
import EspalierOperators
import EspalierTensors

extension SumToShape: PlainOperator {
  /// One pass over the input, in its order.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let (input, target) = (types.inputs[0]!.shape, types.outputs[0].shape)
    return input.elementCount == target.elementCount ? CopyKernel() : StridedSum(of: input, to: target)
  }
}
