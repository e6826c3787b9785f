import EspalierProximalPoint
import EspalierTensors

/// The end of a run with one step size and one momentum.
package struct StabilityCell: Hashable, Sendable, Codable {
  /// The number of iterations until `||b - h(A x)||^2 <= 0.01 ||b||^2`; `nil` if that was not met.
  package let reached: Int?
  /// The median of `||b - h(A x)||^2 / ||b||^2` over the last tenth of the iterations, relative to its value at the
  /// start; infinite if the iterates diverged.
  package let remaining: Double

  /// Whether the run ends nearer to the targets than it began.
  package var isStable: Bool { remaining < 1 }

  /// The cell of several runs: their medians. Reached if most runs did.
  package init(medianOf cells: [StabilityCell]) {
    let counts = cells.map { $0.reached.map(Double.init) ?? .infinity }.median
    reached = counts.isFinite ? Int(counts) : nil
    remaining = cells.map(\.remaining).median
  }

  /// The end of one run.
  package init(reached: Int?, remaining: Double) {
    self.reached = reached
    self.remaining = remaining
  }
}

extension RobustnessProblem {
  /// All `iterations` of a method, on batches in this order, whether or not the tolerance is met on the way.
  func stability(
    of method: any StochasticMethod, order: MinimizationOptions.Order, iterations: Int
  ) -> StabilityCell {
    func run<L: Loss>(_ loss: L) -> StabilityCell {
      var epochs = EpochOrder(order, count: examples.count)
      var waiting: ArraySlice<Int> = []
      var state = Iterate(dimension: examples.dimension)
      let atStart = relativeError(state.current)
      var (reached, errors) = (Int?.none, [Double]())
      for iteration in 1...iterations {
        if waiting.isEmpty { waiting = epochs.next()[...] }
        state = method.step(state, on: Array(waiting.prefix(method.batch.size)), of: examples, loss: loss)
        waiting = waiting.dropFirst(method.batch.size)
        let isFinite = state.current.allSatisfy { abs($0) < Self.hopeless }
        guard isFinite else { return StabilityCell(reached: reached, remaining: .infinity) }
        let error = relativeError(state.current)
        if reached == nil, error <= Self.tolerance { reached = iteration }
        errors.append(error / atStart)
      }
      return StabilityCell(reached: reached, remaining: Array(errors.suffix((iterations + 9) / 10)).median)
    }
    return run(kind.loss)
  }
}
