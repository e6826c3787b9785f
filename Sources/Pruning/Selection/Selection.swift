/// Which units of a group are kept, and how that was found.
package struct Selection: Hashable, Sendable, Codable {
  /// The units kept, in ascending order.
  package let kept: [Int]
  /// `|| U - U_S ||_F^2` over the calibration data, the kept weights unchanged; `nil` where the statistics hold sums alone, and
  /// pruning measures it afterwards.
  package let residual: Double?
  /// The steps of a method that iterates, in order; empty for others.
  package let trace: [Iteration]

  /// One step of a method that iterates.
  package struct Iteration: Hashable, Sendable, Codable {
    /// What each unit's contribution was judged to be.
    package let importance: [Double]
    /// `|| V ||_F^2` before the step; `nil` where the statistics hold sums alone.
    package let residualBefore: Double?
    /// The units kept after the step.
    package let support: [Int]

    /// A step from these importances to this support.
    package init(importance: [Double], residualBefore: Double?, support: [Int]) {
      self.importance = importance
      self.residualBefore = residualBefore
      self.support = support
    }
  }

  /// A selection that keeps `kept` and leaves `residual`.
  package init(kept: [Int], residual: Double?, trace: [Iteration] = []) {
    self.kept = kept
    self.residual = residual
    self.trace = trace
  }

  /// The selection that keeps `kept`, its residual worked out from `problem`.
  init(keeping kept: [Int], of problem: SelectionProblem, trace: [Iteration] = []) {
    self.init(kept: kept.sorted(), residual: problem.residual(keeping: kept), trace: trace)
  }
}
