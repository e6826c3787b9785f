extension Method {
  /// Whether an objective has grown beyond what any detour of a converging method explains: a million-fold.
  ///
  /// Proximal steps without momentum bring the iterate no further from any minimiser of the example's loss, and come back
  /// from where the average loss overflows: of them, only an end in an overflow counts.
  package func hasDiverged(from start: Double, to objective: Double, isLast: Bool) -> Bool {
    if Self.isImplicit && momentum == 0 { return isLast && !objective.isFinite }
    return !(objective - start <= 1e6 * max(abs(start), 1))
  }

  /// Why this method diverged on these examples.
  package func reasonOfDivergence<L: Loss, Rows: FeatureRows>(
    _ loss: L, _ examples: Examples<Rows>, at point: [Double]
  ) -> Divergence.Reason {
    if Self.isImplicit {
      // Averaged, each proximal step is one of a single example.
      let span = batch.form == .joint ? batch.size : 1
      return momentum == 0
        ? .overflow : .momentumAgainstBatchSpan(momentum: momentum, batch: span, dimension: examples.dimension)
    }
    let safe = Probe(loss, examples, at: point).largestSafeStep(momentum: momentum)
    return .stepAgainstCurvature(step: step, safe: safe)
  }
}
