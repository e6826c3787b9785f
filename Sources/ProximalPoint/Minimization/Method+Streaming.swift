import Files

/// What one pass over a stream did.
public struct StreamedPass: Sendable {
  /// The state after the last step.
  public let iterate: Iterate
  /// The average of the pass's iterates.
  public let average: [Double]
  /// The average loss of the examples, each predicted before its step is taken; infinite where that overflowed.
  public let progressiveLoss: Double
  /// Why and when the pass was broken off, if it was.
  public let divergence: Divergence?
}

extension Method {
  /// One pass over examples that come in blocks: the steps that `minimize` takes in an epoch, for data larger than memory.
  ///
  /// A mini-batch does not reach over the end of a block, so blocks should be multiples of the batch size. The progressive loss is
  /// the predict-then-learn loss of on-line learning: an honest estimate of the loss on new data, without any held out.
  ///
  /// - Parameters:
  ///   - state: Where to begin.
  ///   - next: Gives the next block; `nil` after the last.
  ///   - order: The order of examples within blocks.
  /// - Throws: `EspalierError` where a block cannot be read, or a target is none that the loss accepts.
  public func pass<L: Loss, Rows: FeatureRows, R: Regularizer, S: Schedule>(
    of loss: L, from state: Iterate, regularizer: R = NoRegularizer(), schedule: S = ConstantStep(),
    order: MinimizationOptions.Order = .cyclic, over next: () throws(EspalierError) -> Examples<Rows>?
  ) throws(EspalierError) -> StreamedPass {
    try pass(
      from: state, schedule: schedule, order: order, over: next,
      validate: { examples throws(EspalierError) in try examples.validate(for: loss) },
      stepper: { Stepper(self, loss, $0, regularizer, at: $1, averaging: true) },
      reasonOfDivergence: { reasonOfDivergence(loss, $0, at: $1) })
  }

  /// One pass of steps that averages, whatever the loss is of.
  func pass<Rows: FeatureRows, S: Schedule>(
    from state: Iterate, schedule: S, order: MinimizationOptions.Order,
    over next: () throws(EspalierError) -> Examples<Rows>?, validate: (Examples<Rows>) throws(EspalierError) -> Void,
    stepper: (Examples<Rows>, Iterate) -> Stepper,
    reasonOfDivergence: (Examples<Rows>, [Double]) -> Divergence.Reason
  ) throws(EspalierError) -> StreamedPass {
    var state = state
    let firstStep = state.steps
    var sums = [Double](repeating: 0, count: state.current.count)
    var (total, count) = (0.0, 0)
    func outcome(_ divergence: Divergence? = nil) -> StreamedPass {
      let steps = Double(max(1, state.steps - firstStep))
      return StreamedPass(
        iterate: state, average: sums.map { $0 / steps },
        progressiveLoss: total.isFinite ? total / Double(max(1, count)) : .infinity, divergence: divergence)
    }
    while let examples = try next() {
      try validate(examples)
      let stepper = stepper(examples, state)
      let before = state
      var blockOrder = EpochOrder(order, count: examples.count)
      let finite = blockOrder.next().withUnsafeBufferPointer { order in
        var position = 0
        while position < order.count {
          let batch = UnsafeBufferPointer(rebasing: order[position..<min(position + self.batch.size, order.count)])
          total += stepper.totalLoss(batch)
          guard stepper.advance(batch, step * schedule.factor(at: stepper.steps())) else { return false }
          position += batch.count
        }
        return true
      }
      count += examples.count
      state = stepper.iterate()
      if let average = stepper.takeAverage() {
        let steps = Double(state.steps - before.steps)
        for coordinate in sums.indices { sums[coordinate] += steps * average[coordinate] }
      }
      guard finite, total.isFinite, state.current.allSatisfy(\.isFinite) else {
        let reason = reasonOfDivergence(examples, before.current)
        return outcome(Divergence(step: state.steps, reason: reason))
      }
    }
    return outcome()
  }
}
