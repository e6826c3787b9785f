import EspalierExecution
import EspalierOperators
import EspalierTensors

extension Trilu: PlainOperator {
  /// One copy for each row.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let (shape, isUpper, width) = (outputs[0].shape, isUpper, types.elementWidth())
    let (rows, columns) = (shape[shape.rank - 2], shape[shape.rank - 1])
    let diagonal = min(max(diagonal, -rows - 1), columns + 1)
    let count = shape.dropLast().reduce(1, *)
    return FunctionKernel { operands in
      let (source, target) = (operands.inputs[0]!.address, operands.outputs[0].address)
      operands.outputs[0].clear()
      for row in 0..<count {
        let first = min(max(row % rows + diagonal + (isUpper ? 0 : 1), 0), columns)
        let kept = isUpper ? first..<columns : 0..<first
        let start = (row * columns + kept.lowerBound) * width
        (target + start).copyMemory(from: source + start, byteCount: kept.count * width)
      }
    }
  }
}
