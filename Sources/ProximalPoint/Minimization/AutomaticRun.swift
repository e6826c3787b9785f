import Files

/// The default solver under way: an approach by stochastic steps, then a polish on all examples.
final class AutomaticRun: MinimizationRun {
  /// The polish of one problem.
  struct Polishing {
    let begin: (_ approach: Minimization) -> PolishState
    let advance: (inout PolishState) -> Bool
    let outcome: (PolishState, _ approach: Minimization) -> Minimization
  }

  private var approach: (any MinimizationRun)?
  private let restored: (Minimization) -> Minimization
  private let makePolishing: () -> Polishing
  private var polishing: Polishing?
  private var ended: Minimization?
  private var polish: PolishState?
  private var isStopped = false

  /// The solver from its beginning or from `state`.
  ///
  /// - Parameters:
  ///   - approach: Makes the stochastic steps, which are let go of before the polish takes memory of its own.
  ///   - restored: Their outcome, for features as they are.
  init(
    from state: SolverState?, approach: (SolverState?) throws(EspalierError) -> any MinimizationRun,
    restored: @escaping (Minimization) -> Minimization, polishing: @escaping () -> Polishing
  ) throws(EspalierError) {
    self.restored = restored
    makePolishing = polishing
    (ended, polish) = (state?.approach, state?.polish)
    if ended == nil { self.approach = try approach(state) }
  }

  var progress: Progress? { nil }

  var state: SolverState {
    SolverState(epochs: approach?.state.epochs, approach: ended, polish: polish)
  }

  func advance() -> Bool {
    guard !isStopped else { return false }
    if let approach {
      if approach.advance() { return true }
      ended = restored(approach.outcome)
      self.approach = nil
    }
    let polishing = polishing ?? makePolishing()
    self.polishing = polishing
    if polish == nil { polish = ended.map(polishing.begin) }
    return polish.map { _ in polishing.advance(&polish!) } ?? false
  }

  func stop() { isStopped = true }

  var outcome: Minimization {
    guard let ended, let polish, let polishing else { return (ended ?? approach.map { restored($0.outcome) })! }
    return polishing.outcome(polish, ended)
  }
}
