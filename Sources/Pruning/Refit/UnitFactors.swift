import EspalierLinearAlgebra

/// The re-fit of a layer whose Gram matrix would be too large: one factor for each kept unit, `U' = sum of a_i U_i +
/// b`.
///
/// With `Q_ij = < U_i, U_j >`, centred where the layer has a bias, R the dropped units and S the kept ones,
/// `a_S = 1 + (Q_SS + lambda I)^-1 Q_SR 1`. Complexity: O(kept^3 + kept x dropped).
struct UnitFactors {
  /// W', outputs x channels, zero in the columns of dropped channels.
  let weight: Matrix
  /// b'; `nil` if the layer has no bias.
  let bias: [Double]?
  /// The remaining residual.
  let residual: Double

  /// The factors for the units in `kept` of `consumer`.
  init(_ consumer: SelectionProblem.Consumer, keeping kept: [Int], ridge: Ridge) {
    guard let regression = consumer.regression else { preconditionFailure("a re-fit needs second moments") }
    let isKept = Set(kept)
    let dropped = consumer.rows.indices.filter { !isKept.contains($0) }
    let form = ridge.form(of: regression)
    let ones = Matrix(rows: dropped.count, columns: 1, Array(repeating: 1, count: dropped.count))
    let gain = Cholesky(form: form.taking(rows: kept, columns: kept))
      .solve(Matrix.product(form.taking(rows: kept, columns: dropped), ones))
    var change = Matrix(rows: 1, columns: consumer.rows.count, Array(repeating: 1, count: consumer.rows.count))
    for (position, unit) in kept.enumerated() { change[0, unit] = -gain[position, 0] }
    let product = Matrix.product(change, regression.gram)
    residual = max(0, zip(product.elements, change.elements).reduce(0) { $0 + $1.0 * $1.1 })
    var weight = consumer.weight
    for (unit, rows) in consumer.rows.enumerated() {
      let factor = isKept.contains(unit) ? 1 - change[0, unit] : 0
      for row in rows { for output in 0..<weight.rows { weight[output, row] *= factor } }
    }
    let sum = consumer.statistics.sum
    let shift = zip(consumer.weight.product(sum), weight.product(sum)).map {
      ($0 - $1) / Double(max(consumer.statistics.count, 1))
    }
    bias = consumer.bias.map { zip($0, shift).map(+) }
    self.weight = weight
  }
}
