import EspalierFiles
import EspalierProximalPoint
import EspalierTensors

/// All that a fit under way consists of between two epochs, iterations or streamed blocks: a ``FitRun`` that begins
/// with it goes on to the same bytes as one that was never interrupted.
package struct FitState: FileState, Hashable {
  package static let kind = "fit state"
  package static let version = 1

  /// What the state belongs to.
  let origin: StateOrigin
  /// The minimisation, of rows in memory.
  var solver: SolverState?
  /// What was seen of rows held out.
  var heldOut: HeldOutLoss.Record?
  /// The progressive loss of the first pass, where it is measured of rows in memory.
  var progressive: Double?
  /// The minimisation, of rows that are streamed.
  var stream: StreamState?
}

/// A fit under way.
package protocol FitRun: AnyObject {
  /// Goes on by an epoch, an iteration or a block; false where nothing is left.
  ///
  /// - Throws: `EspalierError` where the rows cannot be read.
  func advance() throws(EspalierError) -> Bool
  /// Where the epoch ended that the last advance ended; `nil` where it ended none.
  var progress: FitProgress? { get }
  /// What the rest of the fit follows from.
  var state: FitState { get }
  /// What came of it; to be asked once nothing is left.
  func outcome() throws(EspalierError) -> FitOutcome
}

extension FitRun {
  /// Goes on to the end.
  func finish(_ observe: (FitProgress) -> Void) throws(EspalierError) -> FitOutcome {
    while try advance() {
      if let progress { observe(progress) }
    }
    return try outcome()
  }
}

/// A fit of rows that are in memory.
final class MemoryFitRun: FitRun {
  private let minimization: any MinimizationRun
  private let origin: StateOrigin
  private var heldOut: HeldOutLoss?
  private let looksAtTheEnd: Bool
  private let progressive: Double?
  private let result: (Minimization, HeldOutLoss?) -> FitOutcome
  private(set) var progress: FitProgress?

  /// The fit that `minimization` makes.
  ///
  /// - Parameters:
  ///   - looksAtTheEnd: Whether rows held out are looked at once, at the end, and not after each epoch.
  ///   - result: What is made of a minimisation.
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
