import EspalierTensors

/// The state of a running minimisation, between two epochs or iterations.
package struct SolverState: Hashable, Sendable, Codable {
  /// The stochastic steps, while they run.
  package internal(set) var epochs: EpochState?
  /// Their outcome, if a method on all examples follows.
  package internal(set) var approach: Minimization?
  /// The state of that method, once it runs.
  package internal(set) var polish: PolishState?

  /// A state of these parts.
  init(epochs: EpochState? = nil, approach: Minimization? = nil, polish: PolishState? = nil) {
    (self.epochs, self.approach, self.polish) = (epochs, approach, polish)
  }
}

/// A running minimisation, advanced by one epoch or iteration at a time.
///
/// The rest of the run depends only on ``state``: a run started from it ends with the same bytes.
package protocol MinimizationRun: AnyObject {
  /// Advances by an epoch or an iteration; false if none is left.
  func advance() -> Bool
  /// Stops the run.
  func stop()
  /// The progress after the last epoch; `nil` for solvers that do not report it.
  var progress: Progress? { get }
  /// The state from which the run can be continued.
  var state: SolverState { get }
  /// The outcome; valid once the run is over.
  var outcome: Minimization { get }
}

extension MinimizationRun {
  /// Runs to the end, as long as `observe` returns true.
  package func finish(observe: (Progress) -> Bool = { _ in true }) -> Minimization {
    while advance() {
      if let progress, !observe(progress) { stop() }
    }
    return outcome
  }
}
