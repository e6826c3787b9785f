extension Examples {
  /// The shares of rows in an average: `value_i weight_i / n`.
  func weighted(_ values: [Double]) -> [Double] {
    precondition(values.count == count)
    let share = 1 / Double(count)
    guard let weights else { return values.map { share * $0 } }
    return values.indices.map { share * weights[$0] * values[$0] }
  }

  /// The predictors of all rows at the coefficients `x`. Complexity: O(nnz).
  package func predictors(_ x: [Double]) -> [Double] {
    precondition(x.count == dimension)
    // Concrete types are named, so that the loop is specialised for them (see `Stepper`).
    return switch self {
    case let dense as Examples<DenseRows>: dense.product(x)
    case let sparse as Examples<SparseRows>: sparse.product(x)
    default: product(x)
    }
  }

  /// `sum_i factor_i a_i`, followed by the sum of the factors if there is an intercept. Complexity: O(nnz).
  package func combination(_ factors: [Double]) -> [Double] {
    precondition(factors.count == count)
    return switch self {
    case let dense as Examples<DenseRows>: dense.transposedProduct(factors)
    case let sparse as Examples<SparseRows>: sparse.transposedProduct(factors)
    default: transposedProduct(factors)
    }
  }

  private func product(_ x: [Double]) -> [Double] {
    x.withUnsafeBufferPointer { x in
      (0..<count).map { predictor($0, x.baseAddress!) }
    }
  }

  private func transposedProduct(_ factors: [Double]) -> [Double] {
    var combination = [Double](repeating: 0, count: dimension)
    combination.withUnsafeMutableBufferPointer { combination in
      for row in 0..<count where factors[row] != 0 {
        rows.add(row, times: factors[row], to: combination.baseAddress!)
      }
    }
    if hasIntercept { combination[rows.dimension] = factors.reduce(0, +) }
    return combination
  }
}
