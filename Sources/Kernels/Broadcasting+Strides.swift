import EspalierExecution
import EspalierOperators
import EspalierTensors

extension Broadcasting {
  /// A loop over the output and all inputs, broadcast.
  package static func loop(_ types: OperandTypes) -> StridedLoop {
    let result = types.outputs[0].shape
    return StridedLoop(result, strides: types.inputs.map { strides(of: $0?.shape ?? [], in: result) })
  }
}
