import EspalierLinearAlgebra

/// The least-squares problem of re-fitting one layer: its output `U = W H` from the kept rows of H, in terms of second
/// moments alone.
///
/// In the full form, W is outputs x rows and `gram` the Gram matrix of H. Where that would be too large, each unit has
/// one factor: the rows are the contributions `U_i = W_i H_i` of whole units, W is a row of ones because
/// `U = sum of U_i`, and `gram` is `Q_ij = < U_i, U_j >`. All operations are the same in both forms.
struct Regression: Sendable {
  /// W.
  let weight: Matrix
  /// The Gram matrix of the rows; centred if the layer has a bias, which absorbs the mean.
  let gram: Matrix
  /// For each unit, its rows.
  let rows: [[Int]]
  /// Whether each row is the contribution of a whole unit.
  let isByUnit: Bool
  /// The strength of the ridge that suits this layer; `nil` if none is known.
  var strength: Double?

  /// The regression of a layer with these weights; `nil` if `statistics` hold sums alone.
  init?(weight: Matrix, bias: [Double]?, rows: [[Int]], _ statistics: ActivationStatistics) {
    let scale = -1 / Double(max(statistics.count, 1))
    switch statistics.secondMoments {
    case .gram(var gram)?:
      if bias != nil {
        let sum = statistics.sum
        gram.addOuterProduct(sum, sum, times: scale)
      }
      (self.weight, self.gram, self.rows, isByUnit) = (weight, gram, rows, false)
    case .contributions(var products, _)?:
      if bias != nil {
        let means = Self.contributionSums(weight, rows, statistics.sum)
        let shared = Matrix.product(means, means, transposingSecond: true)
        for i in products.elements.indices { products.elements[i] += scale * shared.elements[i] }
      }
      self.weight = Matrix(rows: 1, columns: rows.count, Array(repeating: 1, count: rows.count))
      (gram, self.rows, isByUnit) = (products, rows.indices.map { [$0] }, true)
    case nil: return nil
    }
  }

  /// `W_i h_i`, one row per unit: the contributions of units to each output, summed over samples.
  private static func contributionSums(_ weight: Matrix, _ rows: [[Int]], _ sum: [Double]) -> Matrix {
    var sums = Matrix(rows: rows.count, columns: weight.rows)
    for (unit, own) in rows.enumerated() {
      for output in 0..<weight.rows {
        sums[unit, output] = own.reduce(0) { $0 + weight[output, $1] * sum[$1] }
      }
    }
    return sums
  }
}

extension SelectionProblem {
  /// The regression of each layer, for methods that need second moments.
  var regressions: [Regression] {
    consumers.map { consumer in
      guard let regression = consumer.regression else { preconditionFailure("the method needs second moments") }
      return regression
    }
  }
}
