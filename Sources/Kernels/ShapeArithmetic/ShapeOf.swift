import Execution
import Operators
import Tensors

extension ShapeOf: PlainOperator {
  /// Writes the sizes; a plan stores them instead.
  public func kernel(_ types: OperandTypes) -> any Kernel {
    FunctionKernel { $0.outputs[0].write(Tensor(shape: [sizes.count], sizes.map(Int64.init))) }
  }
}
