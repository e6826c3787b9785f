extension Matrix {
  /// The identity of size `size`.
  public init(identity size: Int) {
    self.init(rows: size, columns: size)
    addToDiagonal(1)
  }

  /// Rows and columns exchanged.
  public var transposed: Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for i in 0..<rows {
      for j in 0..<columns { result[j, i] = self[i, j] }
    }
    return result
  }
}

extension Cholesky {
  /// Factors a matrix that is positive semi-definite but for rounding: its diagonal is raised, ten times as much at each try,
  /// until the factorisation succeeds.
  public init(form matrix: Matrix) {
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
