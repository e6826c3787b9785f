import EspalierExecution
import EspalierKernels
import EspalierOperators
import EspalierTensors

extension Transpose: VectorOperator {
  /// A strided copy divided among threads.
  package func vectorKernel(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)? {
    let strides = node.types.shape(ofInput: 0).strides
    let copy = StridedCopies(
      outputs[0].shape, from: .init(permutation.map { strides[$0] }), to: .init(outputs[0].shape.strides),
      width: node.types.elementWidth())
    return FunctionKernel { copy.run(from: $0.inputs[0]!.address, to: $0.outputs[0].address) }
  }
}
