import EspalierExecution
import EspalierOperators
import EspalierTensors

/// Copies the first input to the first output.
package struct CopyKernel: Kernel {
  /// A copy of all bytes of the input.
  package init() {}

  /// Copies the bytes.
  package func run(_ operands: Operands) {
    let source = operands.inputs[0]!
    operands.outputs[0].address.copyMemory(from: source.address, byteCount: source.type.byteCount)
  }
}

extension PlainOperator where Self: ViewOperator {
  /// A copy, for use outside of a plan.
  package func kernel(_ types: OperandTypes) -> any Kernel { CopyKernel() }
}

extension Flatten: PlainOperator {}
extension Reshape: PlainOperator {}
extension Squeeze: PlainOperator {}
extension Unsqueeze: PlainOperator {}
extension View: PlainOperator {}

extension Identity: PlainOperator {
  /// A copy, for use outside of a plan.
  package func kernel(_ types: OperandTypes) -> any Kernel { CopyKernel() }
}

extension Dropout: PlainOperator {
  /// A copy and a mask of ones, for use outside of a plan.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    guard outputs.count > 1 else { return CopyKernel() }
    let shape = outputs[1].shape
    let mask =
      outputs[1].elementType == .bool
      ? Tensor(repeating: true, shape: shape) : Tensor(repeating: Float(1), shape: shape)
    return FunctionKernel { operands in
      CopyKernel().run(operands)
      operands.outputs[1].write(mask)
    }
  }
}
