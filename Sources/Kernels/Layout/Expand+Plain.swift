import EspalierExecution
import EspalierOperators
import EspalierTensors

extension Expand: PlainOperator {
  /// One strided copy.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let result = outputs[0].shape
    let copy = StridedCopy(
      result, from: .init(Broadcasting.strides(of: types.shape(ofInput: 0), in: result)),
      to: .init(result.strides), width: types.elementWidth())
    return FunctionKernel { copy.run(from: $0.inputs[0]!.address, to: $0.outputs[0].address) }
  }
}

extension Tile: PlainOperator {
  /// One strided copy to a shape that has an axis of repeats before each axis.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let copy = StridedCopy(
      split, from: .init(types.shape(ofInput: 0).strides.flatMap { [0, $0] }), to: .init(split.strides),
      width: types.elementWidth())
    return FunctionKernel { copy.run(from: $0.inputs[0]!.address, to: $0.outputs[0].address) }
  }
}
