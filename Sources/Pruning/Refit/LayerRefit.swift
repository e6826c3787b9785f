import EspalierLinearAlgebra

/// New weights for a layer that keeps only some of its inputs, which best reproduce its target: its old output, or what
/// the dense network says at its place (``TargetNodes``).
///
/// Minimises `|| T - W'_S H_S - b' ||_F^2 + lambda || W'_S - W_S ||_F^2` over W' and b', b' only where the layer has a
/// bias; lambda is given or chosen by cross-validation. Outputs with zero weights and no bias, which belong to units
/// that are dropped themselves, stay zero.
///
/// Source: the least-squares step of CoSaMP (D. Needell and J. Tropp, 2009), which the paper leaves out; derivation in
/// `docs/guides/refit.md`. Complexity: O(kept^3 + kept^2 x outputs + rows^2 x outputs), with folds some ten times that.
struct LayerRefit {
  /// W', outputs x channels, zero in the columns of dropped channels.
  let weight: Matrix
  /// b'; `nil` if the layer has no bias.
  let bias: [Double]?
  /// The remaining residual, `|| T - W'_S H_S - b' ||_F^2`, over the samples of the fit.
  let residual: Double
  /// The residual on samples that have not determined the weights; `nil` without folds.
  let heldOutResidual: Double?
  /// The residual with the weights as they were, and `|| T ||_F^2`; `nil` where the target is the layer's own output.
  let unchanged: (residual: Double, energy: Double)?
  /// Whether anything was dropped, so that weights change.
  let changesWeights: Bool

  /// Re-fits `consumer`, whose statistics hold second moments, to the units in `kept` and to its inputs from other
  /// groups. If everything is kept, nothing changes.
  ///
  /// - Parameter absent: Rows of H from other groups that are dropped already; their weights are zero.
  init(_ consumer: SelectionProblem.Consumer, keeping kept: [Int], absent: Set<Int> = [], ridge: Ridge) {
    let isKept = Set(kept)
    let gone = Set(consumer.rows.indices.filter { !isKept.contains($0) }.flatMap { consumer.rows[$0] })
    guard !gone.isEmpty else {
      (weight, bias, residual, heldOutResidual, changesWeights) = (consumer.weight, consumer.bias, 0, nil, false)
      unchanged = nil
      return
    }
    changesWeights = true
    let absent = gone.union(absent)
    let rows = (0..<consumer.weight.columns).filter { !absent.contains($0) }
    guard let fit = SupportFit(consumer, rows: rows, ridge: ridge) else {
      let factors = UnitFactors(consumer, keeping: kept, ridge: ridge)
      (weight, bias, residual, heldOutResidual) = (factors.weight, factors.bias, factors.residual, nil)
      unchanged = nil
      return
    }
    (weight, bias) = fit.extended(from: consumer)
    (residual, heldOutResidual) = (fit.residual, fit.heldOutResidual)
    unchanged = consumer.statistics.target == nil ? nil : fit.unchanged
  }
}
