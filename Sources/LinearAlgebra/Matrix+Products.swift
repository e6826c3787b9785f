import CEspalierLAPACK

extension Matrix {
  /// The product `A B`, with either factor optionally transposed. Complexity: O(rows x columns x length), by BLAS.
  package static func product(
    _ a: Matrix, _ b: Matrix, transposingFirst transposedA: Bool = false, transposingSecond transposedB: Bool = false
  ) -> Matrix {
    var result = Matrix(rows: transposedA ? a.columns : a.rows, columns: transposedB ? b.rows : b.columns)
    result.addProduct(a, b, times: 1, transposedA, transposedB)
    return result
  }

  /// The product of the matrix (or its transpose) and a vector.
  package func product(_ vector: [Double], transposed: Bool = false) -> [Double] {
    precondition(vector.count == (transposed ? rows : columns))
    var result = [Double](repeating: 0, count: transposed ? columns : rows)
    guard rows > 0, columns > 0 else { return result }
    elements.withUnsafeBufferPointer { elements in
      let matrix = elements.baseAddress!
      result.withUnsafeMutableBufferPointer { result in
        let result = result.baseAddress!
        LinearParts.forEach(transposed ? columns : rows) { part in
          let first = part.lowerBound
          cblas_dgemv(
            CblasRowMajor, transposed ? CblasTrans : CblasNoTrans, CInt(transposed ? rows : part.count),
            CInt(transposed ? part.count : columns), 1, matrix + (transposed ? first : first * columns), CInt(columns),
            vector, 1, 0, result + first, 1)
        }
      }
    }
    return result
  }

  /// Subtracts the product of `a`, optionally transposed, and `b`: `A -= a b`.
  ///
  /// Complexity: O(rows x columns x inner size), by BLAS.
  package mutating func subtractProduct(_ a: Matrix, _ b: Matrix, transposingFirst: Bool = false) {
    addProduct(a, b, times: -1, transposingFirst, false)
  }

  /// Adds `factor` times the outer product of two vectors: `A += factor x y^T`.
  package mutating func addOuterProduct(_ x: [Double], _ y: [Double], times factor: Double) {
    precondition(x.count == rows && y.count == columns)
    guard rows > 0, columns > 0 else { return }
    let (rows, columns) = (rows, columns)
    elements.withUnsafeMutableBufferPointer { elements in
      let matrix = elements.baseAddress!
      x.withUnsafeBufferPointer { x in
        let x = x.baseAddress!
        LinearParts.forEach(rows) { part in
          let first = part.lowerBound
          cblas_dger(
            CblasRowMajor, CInt(part.count), CInt(columns), factor, x + first, 1, y, 1, matrix + first * columns,
            CInt(columns))
        }
      }
    }
  }

  /// Adds `factor` times the product of two matrices, either optionally transposed.
  private mutating func addProduct(
    _ a: Matrix, _ b: Matrix, times factor: Double, _ transposedA: Bool, _ transposedB: Bool
  ) {
    let (m, k) = transposedA ? (a.columns, a.rows) : (a.rows, a.columns)
    let (inner, n) = transposedB ? (b.columns, b.rows) : (b.rows, b.columns)
    precondition(
      k == inner && m == rows && n == columns,
      "\(a.rows) x \(a.columns) times \(b.rows) x \(b.columns) for \(rows) x \(columns)")
    guard m > 0, n > 0, k > 0 else { return }
    elements.withUnsafeMutableBufferPointer { elements in
      a.elements.withUnsafeBufferPointer { first in
        b.elements.withUnsafeBufferPointer { second in
          Factor.multiply(
            Factor(start: first.baseAddress!, stride: a.columns, isTransposed: transposedA),
            Factor(start: second.baseAddress!, stride: b.columns, isTransposed: transposedB), rows: m, columns: n,
            length: k, times: factor, keeping: 1, into: elements.baseAddress!, stride: n)
        }
      }
    }
  }
}
