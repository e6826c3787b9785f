extension StochasticMethod {
  /// Whether an objective has grown by more than any converging method's detour: a factor of a million.
  ///
  /// Proximal steps without momentum never increase the distance to a minimiser of the example's loss, and recover from
  /// points where the average loss overflows: for these, only an overflow at the end counts.
  package func hasDiverged(from start: Double, to objective: Double, isLast: Bool) -> Bool {
    if Self.isImplicit && momentum == 0 { return isLast && !objective.isFinite }
    return !(objective - start <= 1e6 * max(abs(start), 1))
  }

  /// The reason of this method's divergence on these examples.
  package func reasonOfDivergence<L: Loss, Rows: FeatureRows>(
    _ loss: L, _ examples: Examples<Rows>, at point: [Double]
  ) -> Divergence.Reason {
    if Self.isImplicit {
      // In averaged form, each proximal step is that of a single example.
      let span = batch.form == .joint ? batch.size : 1
      return momentum == 0
        ? .overflow : .momentumAgainstBatchSpan(momentum: momentum, batch: span, dimension: examples.dimension)
    }
    let safe = Probe(loss, examples, at: point).largestSafeStep(momentum: momentum)
    return .stepAgainstCurvature(step: step, safe: safe)
  }
}
