import EspalierExecution
import EspalierOperators
import EspalierTensors

extension ShapeOf: PlainOperator {
  /// Writes the sizes. A plan stores them in advance instead.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    FunctionKernel { $0.outputs[0].write(Tensor(shape: [sizes.count], sizes.map(Int64.init))) }
  }
}
