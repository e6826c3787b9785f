import LinearAlgebra

extension Objective {
  /// The Hessian of the average loss at x: `(1/n) sum_i w_i l'' a_i a_i^T`. Complexity: O(n p^2), by BLAS for dense rows.
  public func lossHessian(_ x: [Double]) -> Matrix {
    let factors = zip(examples.predictors(x), 0..<examples.count).map { g, row in
      examples.weight(row) * loss.curvature(g, examples.targets[row]) / Double(examples.count)
    }
    return Rows.isSparse ? sparseHessian(factors) : denseHessian(factors)
  }

  private func sparseHessian(_ factors: [Double]) -> Matrix {
    let (p, features) = (examples.dimension, examples.rows.dimension)
    var hessian = Matrix(rows: p, columns: p)
    hessian.elements.withUnsafeMutableBufferPointer { hessian in
      for (row, factor) in factors.enumerated() where factor != 0 {
        examples.rows.forEachElement(of: row) { i, a in
          examples.rows.add(row, times: factor * a, to: hessian.baseAddress! + i * p)
          if examples.hasIntercept {
            hessian[i * p + features] += factor * a
            hessian[features * p + i] += factor * a
          }
        }
        if examples.hasIntercept { hessian[features * p + features] += factor }
      }
    }
    return hessian
  }

  private func denseHessian(_ factors: [Double]) -> Matrix {
    let (p, features) = (examples.dimension, examples.rows.dimension)
    var hessian = Matrix(rows: p, columns: p)
    for start in stride(from: 0, to: factors.count, by: 1024) {
      let rows = start..<min(start + 1024, factors.count)
      var block = Matrix(rows: rows.count, columns: p)
      for row in rows {
        let root = factors[row].squareRoot()
        let base = (row - start) * p
        examples.rows.forEachElement(of: row) { column, a in block.elements[base + column] = root * a }
        if examples.hasIntercept { block.elements[base + features] = root }
      }
      hessian = hessian + Matrix.product(block, block, transposingFirst: true)
    }
    return hessian
  }
}
