import EspalierLinearAlgebra

extension Examples {
  /// `sum_i factor_i a_i a_i^T` for factors of either sign, with a constant 1 after the features if there is an
  /// intercept.
  ///
  /// Complexity: O(n p^2), twice that if signs differ.
  package func signedGram(_ factors: [Double]) -> Matrix {
    guard factors.contains(where: { $0 < 0 }) else { return weightedGram(factors) }
    let positive = weightedGram(factors.map { max($0, 0) })
    let negative = weightedGram(factors.map { max(-$0, 0) })
    return Matrix(rows: positive.rows, columns: positive.columns, zip(positive.elements, negative.elements).map(-))
  }

  /// `a_i^T M a_i` for each row, with a constant 1 after its features if there is an intercept.
  ///
  /// Complexity: O(p^2) a dense row, the square of its elements for a sparse one.
  package func quadraticForms(_ matrix: Matrix) -> [Double] {
    precondition(matrix.rows == dimension && matrix.columns == dimension)
    return Rows.isSparse ? sparseForms(matrix) : denseForms(matrix)
  }

  private func sparseForms(_ matrix: Matrix) -> [Double] {
    let last = rows.dimension
    return (0..<count).map { row in
      var (elements, sum) = ([(column: Int, value: Double)](), 0.0)
      rows.forEachElement(of: row) { elements.append((column: $0, value: $1)) }
      if hasIntercept { elements.append((column: last, value: 1)) }
      for first in elements {
        for second in elements { sum += first.value * second.value * matrix[first.column, second.column] }
      }
      return sum
    }
  }

  private func denseForms(_ matrix: Matrix) -> [Double] {
    let p = dimension
    return stride(from: 0, to: count, by: 1024).flatMap { start in
      let range = start..<min(start + 1024, count)
      var block = Matrix(rows: range.count, columns: p)
      for row in range {
        let base = (row - start) * p
        rows.forEachElement(of: row) { column, a in block.elements[base + column] = a }
        if hasIntercept { block.elements[base + p - 1] = 1 }
      }
      let image = Matrix.product(block, matrix)
      return (0..<range.count).map { inner(Array(block.row($0)), Array(image.row($0))) }
    }
  }
}
