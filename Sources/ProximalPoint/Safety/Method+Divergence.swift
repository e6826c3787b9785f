extension Method {
  /// Whether an objective has grown beyond what any detour of a converging method explains: a million-fold.
  func hasDiverged(from start: Double, to objective: Double) -> Bool {
    !(objective - start <= 1e6 * max(abs(start), 1))
  }

  /// Why this method diverged on these examples.
  func reasonOfDivergence<L: Loss, Rows: FeatureRows>(
    _ loss: L, _ examples: Examples<Rows>, at point: [Double]
  ) -> Divergence.Reason {
    if Self.isImplicit {
      return momentum == 0
        ? .overflow
        : .momentumAgainstBatchSpan(momentum: momentum, batch: batch.size, dimension: examples.dimension)
    }
    let safe = Probe(loss, examples, at: point).largestSafeStep(momentum: momentum)
    return .stepAgainstCurvature(step: step, safe: safe)
  }
}
