import EspalierLinearAlgebra

/// New weights for a layer that keeps only some of its inputs, which best reproduce its old output.
///
/// Minimises `|| U - W'_S H_S - b' ||_F^2 + lambda || W'_S - W_S ||_F^2` over W' and b', b' only where the layer has a
/// bias. With `A` the Gram matrix (centred where there is a bias), R the dropped channels:
///
///     W'_S = W_S + W_R A_RS (A_SS + lambda I)^-1        b' = b + (W h - W'_S h_S) / n
///
/// Source: the least-squares step of CoSaMP (D. Needell and J. Tropp, 2009), which the paper leaves out; derivation in
/// `docs/guides/refit.md`. Complexity: O(kept^3 + kept x dropped x outputs).
struct LayerRefit {
  /// W', outputs x channels, zero in the columns of dropped channels.
  let weight: Matrix
  /// b'; `nil` if the layer has no bias.
  let bias: [Double]?
  /// The remaining residual, `|| U - W'_S H_S - b' ||_F^2`.
  let residual: Double
  /// Whether anything was dropped, so that weights change.
  let changesWeights: Bool

  /// Re-fits `consumer`, whose statistics hold second moments, to the units in `kept` and to its inputs from other
  /// groups. If everything is kept, nothing changes.
  ///
  /// - Parameter absent: Rows of H from other groups that are dropped already; their weights are zero.
  init(_ consumer: SelectionProblem.Consumer, keeping kept: [Int], absent: Set<Int> = [], ridge: Ridge) {
    guard let regression = consumer.regression else { preconditionFailure("a re-fit needs second moments") }
    let isKept = Set(kept)
    let gone = Set(regression.rows.indices.filter { !isKept.contains($0) }.flatMap { regression.rows[$0] })
    let dropped = (regression.isByUnit ? gone : gone.union(absent)).sorted()
    guard !gone.isEmpty else {
      (weight, bias, residual, changesWeights) = (consumer.weight, consumer.bias, 0, false)
      return
    }
    changesWeights = true
    let change = Self.change(of: regression, dropping: dropped, ridge)
    let product = Matrix.product(change, regression.gram)
    residual = max(0, zip(product.elements, change.elements).reduce(0) { $0 + $1.0 * $1.1 })

    var weight = consumer.weight
    for output in 0..<weight.rows {
      if regression.isByUnit {
        for (unit, rows) in consumer.rows.enumerated() {
          for row in rows { weight[output, row] *= 1 - change[0, unit] }
        }
      } else {
        for row in 0..<weight.columns { weight[output, row] -= change[output, row] }
      }
    }
    // Exact zeros instead of rounding errors.
    for unit in consumer.rows.indices where !isKept.contains(unit) {
      for row in consumer.rows[unit] { for output in 0..<weight.rows { weight[output, row] = 0 } }
    }
    let sum = consumer.statistics.sum
    let shift = zip(consumer.weight.product(sum), weight.product(sum)).map {
      ($0 - $1) / Double(max(consumer.statistics.count, 1))
    }
    bias = consumer.bias.map { zip($0, shift).map(+) }
    self.weight = weight
  }

  /// `W - W'`: the weights themselves for dropped rows, the compensation for the others.
  private static func change(of regression: Regression, dropping dropped: [Int], _ ridge: Ridge) -> Matrix {
    let isDropped = Set(dropped)
    let kept = (0..<regression.gram.rows).filter { !isDropped.contains($0) }
    let form = ridge.form(of: regression)
    let lost = regression.weight.taking(columns: dropped)
    let coupling = Matrix.product(form.taking(rows: kept, columns: dropped), lost, transposingSecond: true)
    let correction = Cholesky(form: form.taking(rows: kept, columns: kept)).solve(coupling)
    var change = Matrix(rows: regression.weight.rows, columns: regression.weight.columns)
    for output in 0..<change.rows {
      for row in dropped { change[output, row] = regression.weight[output, row] }
      for (position, row) in kept.enumerated() { change[output, row] = -correction[position, output] }
    }
    return change
  }
}
