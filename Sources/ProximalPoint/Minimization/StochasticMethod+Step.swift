extension StochasticMethod {
  /// One step from a state on the examples at these positions: a pure function. `minimize` repeats such steps.
  ///
  /// `scale` multiplies the step size. For many steps, `minimize` is faster, because it copies nothing.
  package func step<L: Loss, Rows: FeatureRows, R: Regularizer>(
    _ state: Iterate, on batch: [Int], of examples: Examples<Rows>, loss: L, regularizer: R = NoRegularizer(),
    scale: Double = 1
  ) -> Iterate {
    var wide = self
    if wide.batch.size < batch.count {
      wide.batch = wide.batch.form == .joint ? .joint(batch.count) : .averaged(batch.count)
    }
    let stepper = Stepper(wide, loss, examples, regularizer, at: state)
    _ = batch.withUnsafeBufferPointer { stepper.advance($0, step * scale) }
    return stepper.iterate()
  }
}
