import EspalierFiles
import EspalierProximalPoint
import EspalierTensors
import EspalierTraining

/// One rule with one step size on one regression.
///
/// After each epoch a rule is judged by the better of its iterate and the average of the epoch's iterates; the
/// controlled one by the average alone, which is its result.
package struct RegressionRun: Sendable, Codable {
  /// The name of the data set.
  package let data: String
  /// The rule.
  package let rule: UpdateRule
  /// The step size to begin with.
  package let step: Double
  /// The number of epochs until `f(x) - min f <= 0.01 (f(0) - min f)`; `nil` if that was not met.
  package let epochs: Int?
  /// `(f(x) - min f) / (f(0) - min f)` in the end; infinite if the run diverged.
  package let remaining: Double

  /// The share of the way to the optimum that counts as near it.
  static let tolerance = 0.01
  /// Examples in a step.
  static let batch = 10

  /// Runs `rule` for so many epochs, in an order drawn from `seed`.
  init(
    _ rule: UpdateRule, step: Double, on problem: RegressionCase.Problem, epochs: Int, seed: UInt64
  ) throws(EspalierError) {
    let trace =
      if let optimizer = rule.explicit() {
        Self.explicit(optimizer, step, problem, epochs, seed)
      } else {
        try Self.proximal(rule, step, problem, epochs, seed)
      }
    let whole = trace[0] - problem.optimum
    let shares = trace.map { ($0 - problem.optimum) / whole }
    data = problem.name
    self.rule = rule
    self.step = step
    self.epochs = shares.firstIndex { $0 <= Self.tolerance }
    // A run that ended early has diverged.
    remaining = shares.count == epochs + 1 && shares.last!.isFinite ? shares.last! : .infinity
  }

  /// A run that ended so.
  package init(_ data: String, _ rule: UpdateRule, step: Double, epochs: Int?, remaining: Double) {
    (self.data, self.rule, self.step, self.epochs, self.remaining) = (data, rule, step, epochs, remaining)
  }

  private static func proximal(
    _ rule: UpdateRule, _ step: Double, _ problem: RegressionCase.Problem, _ epochs: Int, _ seed: UInt64
  ) throws(EspalierError) -> [Double] {
    func run<L: Loss>(_ loss: L) throws(EspalierError) -> [Double] {
      let options = MinimizationOptions(epochs: epochs, order: .shuffled(seed: seed))
      let size = Batch.joint(min(batch, problem.examples.count))
      let method = SPPAM(
        step: step, momentum: rule == .sppa ? 0 : Double(UpdateRule.momentum), batch: size,
        damping: rule == .damped || rule == .controlled ? .contraction : .none)
      if rule == .controlled {
        return try method.minimizeControlled(loss, over: problem.examples, options: options).trace
      }
      var averaging = options
      averaging.averagingFrom = 0
      let last = try method.minimize(loss, over: problem.examples, options: options).trace
      let average = try method.minimize(loss, over: problem.examples, options: averaging).trace
      return zip(last, average).map { min($0, $1) }
    }
    return try run(problem.loss)
  }

  /// An explicit rule: the coefficients are one parameter of a network, in single precision.
  private static func explicit(
    _ optimizer: any Optimizer, _ step: Double, _ problem: RegressionCase.Problem, _ epochs: Int, _ seed: UInt64
  ) -> [Double] {
    let memory = RegressionParameters(problem.examples, optimizer)
    var order = EpochOrder(.shuffled(seed: seed), count: problem.examples.count)
    var (trace, taken) = ([problem.value(memory.coefficients)], 0)
    for _ in 0..<epochs {
      var waiting = order.next()[...]
      let before = taken
      var sum = [Double](repeating: 0, count: problem.examples.dimension)
      while !waiting.isEmpty {
        taken += 1
        memory.take(optimizer, on: waiting.prefix(batch), of: problem, number: taken, stepSize: step)
        memory.add(to: &sum)
        waiting = waiting.dropFirst(batch)
      }
      let average = sum.map { $0 / Double(taken - before) }
      let value = min(problem.value(memory.coefficients), problem.value(average))
      trace.append(value)
      guard value.isFinite else { break }
    }
    return trace
  }
}
