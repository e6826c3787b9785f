import EspalierFiles

/// A run of the default solver: stochastic steps (the approach), then a polish on all examples.
final class AutomaticRun: MinimizationRun {
  /// The polish of one problem.
  struct Polishing {
    let begin: (_ approach: Minimization) -> PolishState
    let advance: (inout PolishState) -> Bool
    let outcome: (PolishState, _ approach: Minimization) -> Minimization
  }

  private enum Stage {
    case approach(any MinimizationRun)
    /// The polish, which begins at the end of the approach; `nil` before its first iteration.
    case polish(PolishState?, after: Minimization)
  }

  private var stage: Stage
  private let restored: (Minimization) -> Minimization
  private let makePolishing: () -> Polishing
  private lazy var polishing = makePolishing()
  private var isStopped = false

  /// The solver from the start or from `state`.
  ///
  /// - Parameters:
  ///   - approach: Makes the stochastic steps, which are released before the polish allocates memory; `nil` for none.
  ///   - start: The outcome of no steps.
  ///   - restored: Their outcome, in coefficients of the original features.
  init(
    from state: SolverState?, start: @autoclosure () -> Minimization,
    approach: ((SolverState?) throws(EspalierError) -> any MinimizationRun)?,
    restored: @escaping (Minimization) -> Minimization, polishing: @escaping () -> Polishing
  ) throws(EspalierError) {
    self.restored = restored
    makePolishing = polishing
    if let ended = state?.approach {
      stage = .polish(state?.polish, after: ended)
    } else if let approach {
      stage = .approach(try approach(state))
    } else {
      stage = .polish(nil, after: start())
    }
  }

  var progress: Progress? { nil }

  var state: SolverState {
    switch stage {
    case .approach(let run): SolverState(epochs: run.state.epochs)
    case .polish(let polish, let approach): SolverState(approach: approach, polish: polish)
    }
  }

  func advance() -> Bool {
    guard !isStopped else { return false }
    switch stage {
    case .approach(let run):
      if !run.advance() { stage = .polish(nil, after: restored(run.outcome)) }
      return true
    case .polish(let polish, let approach):
      var next = polish ?? polishing.begin(approach)
      let goesOn = polishing.advance(&next)
      stage = .polish(next, after: approach)
      return goesOn
    }
  }

  func stop() { isStopped = true }

  var outcome: Minimization {
    switch stage {
    case .approach(let run): restored(run.outcome)
    case .polish(nil, let approach): approach
    case .polish(let polish?, let approach): polishing.outcome(polish, approach)
    }
  }
}
