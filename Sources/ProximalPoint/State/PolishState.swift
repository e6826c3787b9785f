import EspalierTensors

/// What the end of a minimisation consists of between two iterations: of the methods that it may be made by, those that
/// had their turn or have it.
package struct PolishState: Hashable, Sendable, Codable {
  /// Whose turn it is.
  enum Stage: Hashable, Sendable, Codable {
    case limitedMemory
    case newton
    case workingSet
    case envelopes
    /// Nobody's, for this reason.
    case nothing(String)
  }

  /// Where the method begins whose turn it is.
  @Stored package internal(set) var start: [Double]
  var stage: Stage
  /// Whether nothing is left to do.
  var isDone = false
  var limited: LBFGSState?
  var newton: NewtonState?
  var workingSet: WorkingSetState?
  var envelopes: EnvelopeState?
}

/// What the minimisation of envelopes consists of between two of them.
struct EnvelopeState: Hashable, Sendable, Codable {
  @Stored var x: [Double]
  @Stored var trace: [Double]
  /// The width of the next.
  var width: Double
  /// How many were minimised.
  var count = 0
  /// How many iterations that took.
  var iterations = 0
  /// Whether they are so narrow that narrower ones tell nothing.
  var areNarrow = false
  /// The best that was found so far.
  var best: Minimization?

  /// Where the method stands, and why it ended there.
  func outcome(_ reason: String, hasIntercept: Bool) -> Minimization {
    Minimization(
      status: .stopped, reason: reason,
      method: "Newton's method on all examples and envelopes of the loss, \(iterations) iterations", solution: x,
      hasIntercept: hasIntercept, steps: iterations, epochs: iterations, objective: trace.last!, trace: trace)
  }
}
