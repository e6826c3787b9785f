import EspalierFiles
import EspalierTensors

/// The state of a pass over a stream, between two blocks.
package struct PassState: Hashable, Sendable, Codable {
  /// The state of the method.
  package var iterate: Iterate
  /// The number of steps taken before the pass.
  let firstStep: Int
  /// The sums of the pass's iterates.
  @Stored var sums: [Double]
  /// The sum of the losses of the examples, each predicted before its step was taken.
  var total = 0.0
  /// The number of examples processed.
  var count = 0
  /// The number of blocks read.
  package var blocks = 0
  /// The step and reason of a divergence, which ends the pass; `nil` without one.
  package var divergence: Divergence?

  /// A pass that begins at an iterate.
  package init(from iterate: Iterate) {
    self.iterate = iterate
    firstStep = iterate.steps
    sums = [Double](repeating: 0, count: iterate.current.count)
  }

  /// The result of the pass.
  package var outcome: StreamedPass {
    let steps = Double(max(1, iterate.steps - firstStep))
    return StreamedPass(
      iterate: iterate, average: sums.map { $0 / steps },
      progressiveLoss: total.isFinite ? total / Double(max(1, count)) : .infinity, divergence: divergence)
  }
}

/// The result of one pass over a stream.
package struct StreamedPass: Sendable {
  /// The state after the last step.
  package let iterate: Iterate
  /// The average of the pass's iterates.
  package let average: [Double]
  /// The average loss of the examples, each predicted before its step is taken; infinite on overflow.
  package let progressiveLoss: Double
  /// The step and reason of a divergence, which ended the pass; `nil` without one.
  package let divergence: Divergence?
}

extension StochasticMethod {
  /// One pass over examples that come in blocks: the steps of an epoch of `minimize`, for data larger than memory.
  ///
  /// A mini-batch does not cross the end of a block, so block sizes should be multiples of the batch size. The
  /// progressive loss is the predict-then-learn loss of online learning: it estimates the loss on new data without
  /// held-out rows.
  ///
  /// - Parameters:
  ///   - state: The state to begin with.
  ///   - next: Returns the next block; `nil` after the last.
  ///   - order: The order of examples within blocks.
  /// - Throws: `EspalierError` if a block cannot be read, or the loss does not accept a target.
  package func pass<L: Loss, Rows: FeatureRows, R: Regularizer, S: Schedule>(
    of loss: L, from state: Iterate, regularizer: R = NoRegularizer(), schedule: S = ConstantStep(),
    order: MinimizationOptions.Order = .cyclic, over next: () throws(EspalierError) -> Examples<Rows>?
  ) throws(EspalierError) -> StreamedPass {
    var pass = PassState(from: state)
    while pass.divergence == nil, let examples = try next() {
      try step(&pass, over: examples, of: loss, regularizer: regularizer, schedule: schedule, order: order)
    }
    return pass.outcome
  }

  /// The steps of a pass on its next block.
  ///
  /// - Throws: `EspalierError` if the loss does not accept a target.
  package func step<L: Loss, Rows: FeatureRows, R: Regularizer, S: Schedule>(
    _ pass: inout PassState, over examples: Examples<Rows>, of loss: L, regularizer: R, schedule: S,
    order: MinimizationOptions.Order
  ) throws(EspalierError) {
    try examples.validate(for: loss)
    step(
      &pass, over: examples, schedule: schedule, order: order,
      stepper: { Stepper(self, loss, examples, regularizer, at: $0, averaging: true) },
      reasonOfDivergence: { reasonOfDivergence(loss, examples, at: $0) })
  }

  /// The steps of a pass on its next block, for any kind of loss.
  func step<Rows: FeatureRows, S: Schedule>(
    _ pass: inout PassState, over examples: Examples<Rows>, schedule: S, order: MinimizationOptions.Order,
    stepper: (Iterate) -> Stepper, reasonOfDivergence: ([Double]) -> Divergence.Reason
  ) {
    let stepper = stepper(pass.iterate)
    let before = pass.iterate
    var total = pass.total
    var blockOrder = EpochOrder(order, count: examples.count)
    let isFinite = blockOrder.next().withUnsafeBufferPointer { order in
      var position = 0
      while position < order.count {
        let batch = UnsafeBufferPointer(rebasing: order[position..<min(position + self.batch.size, order.count)])
        total += stepper.totalLoss(batch)
        guard stepper.advance(batch, step * schedule.factor(at: stepper.steps())) else { return false }
        position += batch.count
      }
      return true
    }
    pass.total = total
    pass.count += examples.count
    pass.blocks += 1
    pass.iterate = stepper.iterate()
    if let average = stepper.takeAverage() {
      let steps = Double(pass.iterate.steps - before.steps)
      for coordinate in pass.sums.indices { pass.sums[coordinate] += steps * average[coordinate] }
    }
    if !isFinite || !total.isFinite || !pass.iterate.current.allSatisfy(\.isFinite) {
      pass.divergence = Divergence(step: pass.iterate.steps, reason: reasonOfDivergence(before.current))
    }
  }
}
