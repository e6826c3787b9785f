/// The step and reason of a divergence.
package struct Divergence: Hashable, Sendable, Codable, CustomStringConvertible {
  /// The reason of a divergence.
  package enum Reason: Hashable, Sendable, Codable {
    /// An explicit step too long for the curvature: the step size, and the largest safe one at the point of divergence,
    /// infinite if there is no curvature.
    case stepAgainstCurvature(step: Double, safe: Double)
    /// Momentum undamped in the directions that a batch does not see: the momentum, the number of dimensions that a
    /// proximal step sees (those of a joint batch, or one), and that of the space.
    case momentumAgainstBatchSpan(momentum: Double, batch: Int, dimension: Int)
    /// A proximal step without momentum ended in numbers that are not finite.
    case overflow
  }

  /// The number of steps after which it was noticed.
  package let step: Int
  /// The reason.
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
    case .stepAgainstCurvature(let step, let safe) where safe == .infinity:
      "the step size \(step) is too long: the loss is linear there, and its slope does not shrink towards the solution"
    case .stepAgainstCurvature(let step, let safe):
      "the step size \(step) is beyond \(safe), the largest that is safe in any order of the examples for the "
        + "curvature met there"
    case .momentumAgainstBatchSpan(let momentum, let batch, let dimension):
      "momentum \(momentum) is not damped in directions that "
        + (batch == 1 ? "the proximal step of one example does" : "batches of \(batch) do")
        + " not see of \(dimension) dimensions"
    case .overflow:
      "numbers overflowed"
    }
  }
}
