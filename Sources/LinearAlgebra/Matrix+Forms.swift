extension Matrix {
  /// The identity of size `size`.
  package init(identity size: Int) {
    self.init(rows: size, columns: size)
    addToDiagonal(1)
  }

  /// Rows and columns exchanged.
  package var transposed: Matrix {
    var result = Matrix(rows: columns, columns: rows)
    Self.forEachTile(rows, columns) { i, j in result[j, i] = self[i, j] }
    return result
  }

  /// Copies the lower triangle to the upper.
  mutating func mirrorLowerTriangle() {
    Self.forEachTile(rows, columns) { i, j in if i < j { self[i, j] = self[j, i] } }
  }

  /// Visits all elements of a matrix tile by tile: a tile and its transpose fit into the L1 cache, so that neither of
  /// two traversals, by rows and by columns, loads memory twice.
  private static func forEachTile(_ rows: Int, _ columns: Int, _ body: (_ row: Int, _ column: Int) -> Void) {
    let size = 32
    for top in stride(from: 0, to: rows, by: size) {
      for left in stride(from: 0, to: columns, by: size) {
        for i in top..<min(top + size, rows) {
          for j in left..<min(left + size, columns) { body(i, j) }
        }
      }
    }
  }
}

extension Cholesky {
  /// Factors a matrix that is positive semi-definite up to rounding: its diagonal is raised, by ten times as much at
  /// each attempt, until the factorisation succeeds.
  package init(form matrix: Matrix) {
    if let factor = Cholesky(matrix) {
      self = factor
      return
    }
    let scale = matrix.diagonal.map(abs).max() ?? 0
    var raise = max(scale * 1e-14, .leastNormalMagnitude)
    while true {
      var raised = matrix
      raised.addToDiagonal(raise)
      if let factor = Cholesky(raised) {
        self = factor
        return
      }
      precondition(raise.isFinite, "a matrix with elements that are no numbers has no factor")
      raise *= 10
    }
  }
}
