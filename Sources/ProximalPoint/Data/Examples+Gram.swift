import EspalierLinearAlgebra

extension Examples {
  /// `sum_i factor_i a_i a_i^T`, with a constant 1 after the features if there is an intercept; factors are not
  /// negative.
  ///
  /// Shape: p x p. Complexity: O(n p^2), by BLAS for dense rows.
  package func weightedGram(_ factors: [Double]) -> Matrix {
    precondition(factors.count == count)
    return Rows.isSparse ? sparseGram(factors) : denseGram(factors)
  }

  private func sparseGram(_ factors: [Double]) -> Matrix {
    let (p, features) = (dimension, rows.dimension)
    var gram = Matrix(rows: p, columns: p)
    gram.elements.withUnsafeMutableBufferPointer { gram in
      for (row, factor) in factors.enumerated() where factor != 0 {
        rows.forEachElement(of: row) { i, a in
          rows.add(row, times: factor * a, to: gram.baseAddress! + i * p)
          if hasIntercept {
            gram[i * p + features] += factor * a
            gram[features * p + i] += factor * a
          }
        }
        if hasIntercept { gram[features * p + features] += factor }
      }
    }
    return gram
  }

  private func denseGram(_ factors: [Double]) -> Matrix {
    let (p, features) = (dimension, rows.dimension)
    var gram = Matrix(rows: p, columns: p)
    for start in stride(from: 0, to: factors.count, by: 1024) {
      let range = start..<min(start + 1024, factors.count)
      var block = Matrix(rows: range.count, columns: p)
      for row in range {
        let root = factors[row].squareRoot()
        let base = (row - start) * p
        rows.forEachElement(of: row) { column, a in block.elements[base + column] = root * a }
        if hasIntercept { block.elements[base + features] = root }
      }
      gram = gram + Matrix.product(block, block, transposingFirst: true)
    }
    return gram
  }
}
