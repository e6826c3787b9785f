import EspalierTensors

/// What a minimisation under way consists of between two epochs or iterations.
package struct SolverState: Hashable, Sendable, Codable {
  /// The stochastic steps, while they are under way.
  package internal(set) var epochs: EpochState?
  /// What they ended with, where a method on all examples follows.
  package internal(set) var approach: Minimization?
  /// That method, once it is under way.
  package internal(set) var polish: PolishState?

  /// A state of these parts.
  init(epochs: EpochState? = nil, approach: Minimization? = nil, polish: PolishState? = nil) {
    (self.epochs, self.approach, self.polish) = (epochs, approach, polish)
  }
}

/// A minimisation under way, an epoch or an iteration at a time.
///
/// After any of them ``state`` is all that the rest follows from: another run that begins with it ends with the same
/// bytes.
package protocol MinimizationRun: AnyObject {
  /// Goes on by an epoch or an iteration; false where none is left.
  func advance() -> Bool
  /// Ends the run where it is.
  func stop()
  /// Where the last epoch ended; `nil` of solvers that do not tell.
  var progress: Progress? { get }
  /// What the rest of the run follows from.
  var state: SolverState { get }
  /// What came of it; to be asked once the run is over.
  var outcome: Minimization { get }
}

extension MinimizationRun {
  /// Goes on to the end, as long as `observe` returns true.
  func finish(observe: (Progress) -> Bool = { _ in true }) -> Minimization {
    while advance() {
      if let progress, !observe(progress) { stop() }
    }
    return outcome
  }
}
