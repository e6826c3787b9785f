/// Why and when a method left the neighbourhood of any solution.
package struct Divergence: Hashable, Sendable, Codable, CustomStringConvertible {
  /// What went wrong.
  package enum Reason: Hashable, Sendable, Codable {
    /// An explicit step beyond what the curvature allows: the step size, and the largest that is safe where it happened.
    case stepAgainstCurvature(step: Double, safe: Double)
    /// Momentum that the directions unseen by a batch do not damp: the momentum, and the size of what a proximal
    /// step sees (a joint batch, or one example) and that of the space.
    case momentumAgainstBatchSpan(momentum: Double, batch: Int, dimension: Int)
    /// A proximal step without momentum ended in numbers that are not finite.
    case overflow
  }

  /// After how many steps it was noticed.
  package let step: Int
  /// Why.
  package let reason: Reason

  /// A divergence.
  package init(step: Int, reason: Reason) {
    self.step = step
    self.reason = reason
  }

  /// `diverged at step k: ...`
  package var description: String {
    "diverged at step \(step): " + explanation
  }

  /// The reason in words.
  package var explanation: String {
    switch reason {
    case .stepAgainstCurvature(let step, let safe):
      "the step size \(step) is beyond \(safe), the largest that is safe in any order of the examples for the curvature met there"
    case .momentumAgainstBatchSpan(let momentum, let batch, let dimension):
      "momentum \(momentum) is not damped in directions that "
        + (batch == 1 ? "the proximal step of one example does" : "batches of \(batch) do")
        + " not see of \(dimension) dimensions"
    case .overflow:
      "numbers overflowed"
    }
  }
}
