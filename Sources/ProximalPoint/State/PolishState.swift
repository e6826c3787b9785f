import EspalierTensors

/// The state of a polish between two iterations: those of the methods that ran or are running.
package struct PolishState: Hashable, Sendable, Codable {
  /// The method that is running.
  enum Stage: Hashable, Sendable, Codable {
    case limitedMemory
    case newton
    case truncatedNewton
    case workingSet
    case augmentedLagrangian
    case envelopes
    case interiorPoint
    /// None, for this reason.
    case nothing(String)
  }

  /// The start of the current method.
  @Stored package internal(set) var start: [Double]
  var stage: Stage
  /// Whether the polish is complete.
  var isDone = false
  var limited: LBFGSState?
  var newton: NewtonState?
  var workingSet: WorkingSetState?
  var envelopes: EnvelopeState?
  var interiorPoint: InteriorPointState?
}

/// The state of the minimisation of envelopes, between two of them.
struct EnvelopeState: Hashable, Sendable, Codable {
  @Stored var x: [Double]
  @Stored var trace: [Double]
  /// The width of the next envelope.
  var width: Double
  /// The number of envelopes minimised.
  var count = 0
  /// The total number of iterations.
  var iterations = 0
  /// Whether narrower envelopes would be dominated by rounding.
  var areNarrow = false
  /// The best outcome so far.
  var best: Minimization?

  /// The outcome at the current point, with the reason of the end.
  func outcome(_ reason: String, hasIntercept: Bool) -> Minimization {
    Minimization(
      status: .stopped, reason: reason,
      method: "Newton's method on all examples and envelopes of the loss, \(iterations) iterations", solution: x,
      hasIntercept: hasIntercept, steps: iterations, epochs: iterations, objective: trace.last!, trace: trace)
  }
}
