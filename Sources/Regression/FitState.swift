import EspalierFiles
import EspalierProximalPoint
import EspalierTensors

/// The complete state of a running fit, between two epochs, iterations or streamed blocks: a ``FitRun`` that begins
/// with it gives the same bytes as one that was never interrupted.
package struct FitState: FileState, Hashable {
  package static let kind = "fit state"
  package static let version = 1

  /// The origin of the state.
  let origin: StateOrigin
  /// The minimisation, for rows in memory.
  var solver: SolverState?
  /// The losses of held-out rows so far.
  var heldOut: HeldOutLoss.Record?
  /// The progressive loss of the first pass, if measured for rows in memory.
  var progressive: Double?
  /// The minimisation, for streamed rows.
  var stream: StreamState?
}

/// A running fit.
package protocol FitRun: AnyObject {
  /// Advances by an epoch, an iteration or a block; false if none is left.
  ///
  /// - Throws: `EspalierError` if the rows cannot be read.
  func advance() throws(EspalierError) -> Bool
  /// The progress, if the last call of ``advance()`` ended an epoch; otherwise `nil`.
  var progress: FitProgress? { get }
  /// The state from which the fit can be continued.
  var state: FitState { get }
  /// The outcome; valid once the run is over.
  func outcome() throws(EspalierError) -> FitOutcome
}

extension FitRun {
  /// Runs to the end.
  func finish(_ observe: (FitProgress) -> Void) throws(EspalierError) -> FitOutcome {
    while try advance() {
      if let progress { observe(progress) }
    }
    return try outcome()
  }
}

/// A fit of rows in memory.
final class MemoryFitRun: FitRun {
  private let minimization: any MinimizationRun
  private let origin: StateOrigin
  private var heldOut: HeldOutLoss?
  private let looksAtTheEnd: Bool
  private let progressive: Double?
  private let result: (Minimization, HeldOutLoss?) -> FitOutcome
  private(set) var progress: FitProgress?

  /// The fit by `minimization`.
  ///
  /// - Parameters:
  ///   - looksAtTheEnd: Whether the held-out loss is evaluated once, at the end, not after each epoch.
  ///   - result: Converts a minimisation to the outcome of the fit.
  init(
    _ minimization: any MinimizationRun, origin: StateOrigin, heldOut: HeldOutLoss?, looksAtTheEnd: Bool,
    progressive: Double?, result: @escaping (Minimization, HeldOutLoss?) -> FitOutcome
  ) {
    self.minimization = minimization
    self.origin = origin
    self.heldOut = heldOut
    self.looksAtTheEnd = looksAtTheEnd
    self.progressive = progressive
    self.result = result
  }

  func advance() -> Bool {
    progress = nil
    guard minimization.advance() else { return false }
    if let epoch = minimization.progress {
      progress = FitProgress(epoch: epoch.epoch, loss: epoch.objective)
      if heldOut?.continues(at: epoch.solution) == false { minimization.stop() }
    }
    return true
  }

  var state: FitState {
    FitState(origin: origin, solver: minimization.state, heldOut: heldOut?.record, progressive: progressive)
  }

  func outcome() -> FitOutcome {
    let outcome = minimization.outcome
    var heldOut = heldOut
    if looksAtTheEnd { _ = heldOut?.continues(at: outcome.solution) }
    return result(outcome, heldOut)
  }
}
