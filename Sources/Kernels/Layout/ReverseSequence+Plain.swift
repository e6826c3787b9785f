import EspalierExecution
import EspalierOperators
import EspalierTensors

extension ReverseSequence: PlainOperator {
  /// One copy for each sequence and step.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    Self.kernel(self, types.inputs[1]!.elementType.element, width: types.elementWidth())
  }

  private static func kernel<Index: Number>(_ op: Self, _ index: Index.Type, width: Int) -> any Kernel {
    let shape = op.outputs[0].shape
    let bytes = shape.dropFirst(2).reduce(1, *) * width
    return FunctionKernel { operands in
      let lengths = operands.inputs[1]!.elements(as: index)
      let (source, target) = (operands.inputs[0]!.address, operands.outputs[0].address)
      for sequence in 0..<shape[op.batchAxis] {
        let length = min(max(Int(lengths[sequence].integer), 0), shape[op.timeAxis])
        for step in 0..<shape[op.timeAxis] {
          func place(_ step: Int) -> Int {
            bytes * (op.batchAxis == 0 ? sequence * shape[1] + step : step * shape[1] + sequence)
          }
          let from = step < length ? length - 1 - step : step
          (target + place(step)).copyMemory(from: source + place(from), byteCount: bytes)
        }
      }
    }
  }
}
