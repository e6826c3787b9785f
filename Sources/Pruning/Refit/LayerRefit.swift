import LinearAlgebra

/// New weights for a layer that keeps only some of its inputs: those that reproduce its old output best.
///
/// Minimises `|| U - W'_S H_S - b' ||_F^2 + lambda || W'_S - W_S ||_F^2` over W' and b', b' only where the layer has a bias. With
/// `A` the Gram matrix (centred where there is a bias), R the dropped channels:
///
///     W'_S = W_S + W_R A_RS (A_SS + lambda I)^-1        b' = b + (W h - W'_S h_S) / n
///
/// Source: the least-squares step of CoSaMP (D. Needell and J. Tropp, 2009), which the paper leaves out; derivation in
/// `docs/guides/refit.md`. Complexity: O(kept^3 + kept x dropped x outputs).
struct LayerRefit {
  /// W', outputs x channels, zero in the columns of dropped channels.
  let weight: Matrix
  /// b'; `nil` where the layer has no bias.
  let bias: [Double]?
  /// The residual left, `|| U - W'_S H_S - b' ||_F^2`.
  let residual: Double
  /// Whether anything was dropped, so that weights change at all.
  let changesWeights: Bool

  /// Re-fits `consumer` to the units in `kept` and to what other groups give it. With everything kept, nothing changes.
  ///
  /// - Parameter absent: Rows of H that other groups gave once and do no more; the weights they meet are zero.
  init(_ consumer: SelectionProblem.Consumer, keeping kept: [Int], absent: Set<Int> = [], ridge: Ridge) {
    let isKept = Set(kept)
    let gone = Set(consumer.rows.indices.filter { !isKept.contains($0) }.flatMap { consumer.rows[$0] })
    let dropped = gone.union(absent).sorted()
    let keptChannels = (0..<consumer.statistics.rows).filter { !gone.contains($0) && !absent.contains($0) }
    guard !gone.isEmpty else {
      (weight, bias, residual, changesWeights) = (consumer.weight, consumer.bias, 0, false)
      return
    }
    changesWeights = true
    let form = ridge.form(of: consumer)
    let lost = consumer.weight.taking(columns: dropped)
    let coupling = Matrix.product(form.taking(rows: keptChannels, columns: dropped), lost, transposingSecond: true)
    let correction = Cholesky(form: form.taking(rows: keptChannels, columns: keptChannels)).solve(coupling)
    var weight = consumer.weight
    for output in 0..<weight.rows {
      for channel in dropped { weight[output, channel] = 0 }
      for (position, channel) in keptChannels.enumerated() { weight[output, channel] += correction[position, output] }
    }
    self.weight = weight
    var change = consumer.weight
    for index in change.elements.indices { change.elements[index] -= weight.elements[index] }
    let shift = change.product(consumer.statistics.sum).map { $0 / Double(max(consumer.statistics.count, 1)) }
    bias = consumer.bias.map { zip($0, shift).map(+) }
    let gram = consumer.bias == nil ? consumer.statistics.gram : consumer.statistics.centredGram
    let product = Matrix.product(change, gram)
    residual = max(0, zip(product.elements, change.elements).reduce(0) { $0 + $1.0 * $1.1 })
  }
}
