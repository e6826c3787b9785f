import EspalierExecution
import EspalierOperators

extension ConstantOfShape: PlainOperator {
  /// Writes the element everywhere.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let bytes = value.bytes
    return FunctionKernel { operands in
      let target = UnsafeMutableRawBufferPointer(
        start: operands.outputs[0].address, count: operands.outputs[0].type.byteCount)
      for i in target.indices { target[i] = bytes[i % bytes.count] }
    }
  }
}
