import EspalierLinearAlgebra

/// The inverse of an information matrix, or of its largest regular part if columns are linearly dependent.
///
/// Coordinates are taken in a given order; one whose share that is not explained by those before it is below the
/// tolerance is left out (aliased), as R's `lm` does. Variances of the functions of the coefficients that the data
/// determine do not depend on the order.
package struct InformationInverse: Sendable {
  /// A coordinate that is a linear combination of others.
  package struct Dependency: Hashable, Sendable {
    /// The coordinate.
    package let coordinate: Int
    /// The coordinates it is a combination of; empty if its column is 0.
    package let others: [Int]
    /// The direction in which no predictor moves, its component by coordinate.
    package let direction: [Int: Double]
  }

  /// The inverse, with rows and columns of 0 for coordinates that are left out.
  package let matrix: Matrix
  /// The coordinates that are left out.
  package let dependencies: [Dependency]
  /// The smallest share of a coordinate's information that is not explained by the others before it.
  package let smallestShare: Double

  /// The number of coordinates that are not left out.
  package var rank: Int { matrix.rows - dependencies.count }

  /// Inverts a positive semi-definite matrix.
  ///
  /// - Parameters:
  ///   - information: The matrix, in coordinates whose columns are centred where possible.
  ///   - order: The coordinates in order of preference.
  ///   - tolerance: The share of the information of a coordinate below which it counts as explained by the others.
  ///
  /// Complexity: O(p^3).
  package init(_ information: Matrix, order: [Int], tolerance: Double = 1e-12) {
    let scales = information.diagonal.map { $0 > 0 && $0.isFinite ? 1 / $0.squareRoot() : 0 }
    let zeros = order.filter { scales[$0] == 0 }
    var correlation = information
    for i in scales.indices {
      for j in scales.indices { correlation[i, j] *= scales[i] * scales[j] }
    }
    let elimination = OrderedElimination(correlation, order: order.filter { scales[$0] > 0 }, tolerance: tolerance)
    var dependencies = zeros.map { Dependency(coordinate: $0, others: [], direction: [$0: 1]) }
    let kept = elimination.kept
    let part = correlation.taking(rows: kept, columns: kept)
    for dropped in elimination.dropped {
      let right = Matrix(rows: kept.count, columns: 1, kept.map { correlation[$0, dropped] })
      let combination = Cholesky(form: part).solve(right)
      let others = kept.indices.filter { abs(combination[$0, 0]) > 1e-5 }
      let direction = others.map { (kept[$0], -combination[$0, 0] * scales[kept[$0]]) } + [(dropped, scales[dropped])]
      dependencies.append(
        Dependency(
          coordinate: dropped, others: others.map { kept[$0] }, direction: Dictionary(uniqueKeysWithValues: direction)))
    }
    self.dependencies = dependencies
    smallestShare = elimination.smallestShare
    let inverse = Cholesky(form: part).inverse()
    var matrix = Matrix(rows: information.rows, columns: information.columns)
    for (i, first) in kept.enumerated() {
      for (j, second) in kept.enumerated() { matrix[first, second] = inverse[i, j] * scales[first] * scales[second] }
    }
    self.matrix = matrix
  }
}

/// The Cholesky factorisation of a matrix with a unit diagonal, coordinate by coordinate, that leaves out those without
/// a remainder.
private struct OrderedElimination {
  private(set) var kept: [Int] = []
  private(set) var dropped: [Int] = []
  private(set) var smallestShare = 1.0

  init(_ matrix: Matrix, order: [Int], tolerance: Double) {
    // Rows of the factor; each has as many elements as coordinates were kept before it, and its own.
    var factor: [[Double]] = []
    for coordinate in order {
      var row: [Double] = []
      row.reserveCapacity(kept.count + 1)
      for (place, other) in kept.enumerated() {
        let known = factor[place].withUnsafeBufferPointer { first in
          row.withUnsafeBufferPointer { second in
            place > 0 ? dot(place, first.baseAddress!, second.baseAddress!) : 0
          }
        }
        row.append((matrix[coordinate, other] - known) / factor[place][place])
      }
      let share = matrix[coordinate, coordinate] - inner(row, row)
      guard share > tolerance else {
        dropped.append(coordinate)
        continue
      }
      smallestShare = min(smallestShare, share)
      row.append(share.squareRoot())
      kept.append(coordinate)
      factor.append(row)
    }
  }
}
