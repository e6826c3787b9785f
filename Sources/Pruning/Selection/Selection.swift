/// The units of a group that are kept, with the trace of the selection.
package struct Selection: Hashable, Sendable, Codable {
  /// The units kept, in ascending order.
  package let kept: [Int]
  /// `|| U - U_S ||_F^2` over the calibration data, the kept weights unchanged; `nil` if the statistics hold sums
  /// alone, in which case pruning measures it afterwards.
  package let residual: Double?
  /// The steps of an iterative method, in order; empty for others.
  package let trace: [Iteration]

  /// One step of an iterative method.
  package struct Iteration: Hashable, Sendable, Codable {
    /// The importance of each unit.
    package let importance: [Double]
    /// `|| V ||_F^2` before the step; `nil` if the statistics hold sums alone.
    package let residualBefore: Double?
    /// The units kept after the step.
    package let support: [Int]

    /// A step with these importances and this support.
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

  /// The selection that keeps `kept`, with its residual computed from `problem`.
  init(keeping kept: [Int], of problem: SelectionProblem, trace: [Iteration] = []) {
    self.init(kept: kept.sorted(), residual: problem.residual(keeping: kept), trace: trace)
  }
}
