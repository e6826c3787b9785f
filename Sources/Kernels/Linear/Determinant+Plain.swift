import EspalierExecution
import EspalierOperators
import EspalierTensors

extension Determinant: PlainOperator {
  /// Gaussian elimination with pivoting, in double precision.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let size = input[input.rank - 1]
    return FunctionKernel { operands in
      let (source, target) = (operands.inputs[0]!.floats, operands.outputs[0].floats)
      for matrix in target.indices {
        let start = matrix * size * size
        var rows = (0..<size).map { row in (0..<size).map { Double(source[start + row * size + $0]) } }
        var product = 1.0
        for column in 0..<size {
          let pivot = (column..<size).max { abs(rows[$0][column]) < abs(rows[$1][column]) }!
          if pivot != column {
            rows.swapAt(pivot, column)
            product = -product
          }
          product *= rows[column][column]
          guard rows[column][column] != 0 else { break }
          for row in column + 1..<max(size, column + 1) {
            let factor = rows[row][column] / rows[column][column]
            for place in column..<size { rows[row][place] -= factor * rows[column][place] }
          }
        }
        target[matrix] = Float(product)
      }
    }
  }
}
