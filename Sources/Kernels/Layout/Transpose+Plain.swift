import EspalierExecution
import EspalierOperators
import EspalierTensors

extension Transpose: PlainOperator {
  /// One strided copy.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let strides = types.shape(ofInput: 0).strides
    let copy = StridedCopy(
      outputs[0].shape, from: .init(permutation.map { strides[$0] }), to: .init(outputs[0].shape.strides),
      width: types.elementWidth())
    return FunctionKernel { copy.run(from: $0.inputs[0]!.address, to: $0.outputs[0].address) }
  }
}
