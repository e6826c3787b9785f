/// Features shifted and scaled to mean 0 and standard deviation 1, and the inverse for coefficients.
///
/// `a'_j = (a_j - mean_j) / scale_j`. Without an intercept nothing is shifted, and the scale is the root mean square.
/// Sparse rows must keep their zeros, so only features stored in every row are shifted; `StandardizedObjective` shifts
/// the others in effect. Constant columns keep their scale.
package struct Standardization: Hashable, Sendable {
  /// The number subtracted from each feature.
  package let means: [Double]
  /// The number by which each feature is then divided.
  package let scales: [Double]

  /// The coefficients of the original features that give the same predictors as `solution` of the standardised ones.
  package func restore(_ solution: [Double], hasIntercept: Bool) -> [Double] {
    var restored = zip(solution, scales).map { $0 / $1 }
    if hasIntercept { restored.append(solution.last! - zip(restored, means).reduce(0) { $0 + $1.0 * $1.1 }) }
    return restored
  }

  /// The coefficients of the standardised features that give the same predictors as `solution` of the original ones.
  package func apply(_ solution: [Double], hasIntercept: Bool) -> [Double] {
    var applied = zip(solution, scales).map { $0 * $1 }
    if hasIntercept { applied.append(solution.last! + zip(solution, means).reduce(0) { $0 + $1.0 * $1.1 }) }
    return applied
  }
}

/// Rows that can be standardised.
package protocol StandardizableRows: FeatureRows {
  /// The means and scales of the features; shifts only if requested and possible.
  func standardization(shifting: Bool) -> Standardization
  /// The rows with features scaled, and shifted where possible.
  func standardized(by standardization: Standardization) -> Self
  /// Whether each feature can be shifted in memory.
  var shiftable: [Bool] { get }
  /// The rows with only these features, given in ascending order.
  func restricted(to features: [Int]) -> Self
}

extension DenseRows: StandardizableRows {
  /// The means and scales of the features. Complexity: two passes.
  package func standardization(shifting: Bool) -> Standardization {
    let share = 1 / Double(count)
    var means = [Double](repeating: 0, count: dimension)
    if shifting { addRows(to: &means) { sum, _, value in sum + share * value } }
    var squares = [Double](repeating: 0, count: dimension)
    addRows(to: &squares) { sum, column, value in
      let deviation = value - means[column]
      return sum + share * deviation * deviation
    }
    // A column varies only if its deviations exceed the rounding of its mean.
    let scales = zip(squares, means).map { square, mean in
      let deviation = square.squareRoot()
      return deviation > 1e-12 * abs(mean) && deviation.isFinite ? deviation : 1
    }
    return Standardization(means: means, scales: scales)
  }

  /// True for every feature.
  package var shiftable: [Bool] { [Bool](repeating: true, count: dimension) }

  /// The rows with features shifted and scaled.
  package func standardized(by standardization: Standardization) -> DenseRows {
    let (means, scales) = (standardization.means, standardization.scales)
    let scaled = [Double](unsafeUninitializedCapacity: elements.count) { scaled, initialized in
      elements.withUnsafeBufferPointer { elements in
        for start in stride(from: 0, to: count * dimension, by: max(1, dimension)) {
          for column in 0..<dimension {
            scaled[start + column] = (elements[start + column] - means[column]) / scales[column]
          }
        }
      }
      initialized = elements.count
    }
    return DenseRows(dimension: dimension, count: count, finite: scaled)
  }

  /// Folds the rows, in their order, into one number a column.
  @inline(__always)
  private func addRows(to sums: inout [Double], _ add: (_ sum: Double, _ column: Int, _ value: Double) -> Double) {
    elements.withUnsafeBufferPointer { elements in
      sums.withUnsafeMutableBufferPointer { sums in
        for start in stride(from: 0, to: count * dimension, by: max(1, dimension)) {
          for column in 0..<dimension { sums[column] = add(sums[column], column, elements[start + column]) }
        }
      }
    }
  }

  /// The rows with only these features.
  package func restricted(to features: [Int]) -> DenseRows {
    var chosen: [Double] = []
    chosen.reserveCapacity(count * features.count)
    for row in 0..<count {
      for column in features { chosen.append(elements[row * dimension + column]) }
    }
    return DenseRows(dimension: features.count, count: count, finite: chosen)
  }
}

extension SparseRows: StandardizableRows {
  /// The means and scales of the features, zeros included. Complexity: two passes.
  package func standardization(shifting: Bool) -> Standardization {
    var means = [Double](repeating: 0, count: dimension)
    var stored = [Int](repeating: 0, count: dimension)
    for (column, value) in zip(columns, values) {
      stored[Int(column)] += 1
      if shifting { means[Int(column)] += value / Double(count) }
    }
    // First the squares of the zeros that are not stored, then those of the stored elements.
    var squares = zip(means, stored).map { $0 * $0 * Double(count - $1) / Double(count) }
    for (column, value) in zip(columns, values) {
      let deviation = value - means[Int(column)]
      squares[Int(column)] += deviation * deviation / Double(count)
    }
    let scales = zip(squares, means).map { square, mean in
      let deviation = square.squareRoot()
      return deviation > 1e-12 * abs(mean) && deviation.isFinite ? deviation : 1
    }
    return Standardization(means: means, scales: scales)
  }

  /// True for features stored in every row.
  package var shiftable: [Bool] {
    var stored = [Int](repeating: 0, count: dimension)
    for column in columns { stored[Int(column)] += 1 }
    return stored.map { $0 == count }
  }

  /// The rows with features scaled, and shifted if stored in every row.
  package func standardized(by standardization: Standardization) -> SparseRows {
    let means = zip(standardization.means, shiftable).map { $1 ? $0 : 0 }
    return SparseRows(
      dimension: dimension, starts: starts, columns: columns,
      finite: zip(columns, values).map { ($1 - means[Int($0)]) / standardization.scales[Int($0)] })
  }

  /// The rows with only these features.
  package func restricted(to features: [Int]) -> SparseRows {
    var places = [Int32](repeating: -1, count: dimension)
    for (place, feature) in features.enumerated() { places[feature] = Int32(place) }
    var (starts, columns, values) = ([0], [Int32](), [Double]())
    for row in 0..<count {
      forEachElement(of: row) { column, value in
        guard places[column] >= 0 else { return }
        columns.append(places[column])
        values.append(value)
      }
      starts.append(values.count)
    }
    return SparseRows(dimension: features.count, starts: starts, columns: columns, finite: values)
  }
}

extension Examples where Rows: StandardizableRows {
  /// The examples with standardised features, and the inverse for their coefficients.
  package func standardized() -> (examples: Examples, standardization: Standardization) {
    let standardization = standardization
    return (standardized(by: standardization), standardization)
  }

  /// The standardisation that preserves sparsity.
  var standardization: Standardization { rows.standardization(shifting: hasIntercept && !Rows.isSparse) }

  /// The examples with features standardised so; unchanged for `nil`.
  func standardized(by standardization: Standardization?) -> Examples {
    standardization.map { replacing(rows.standardized(by: $0)) } ?? self
  }
}

extension Examples {
  /// The examples with only some of their features; `nil` unless rows are `StandardizableRows`.
  func restricted(to features: [Int]) -> Examples? {
    (rows as? any StandardizableRows).flatMap { $0.restricted(to: features) as? Rows }.map(replacing)
  }
}
