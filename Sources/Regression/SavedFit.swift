import EspalierFiles
import EspalierTables
import EspalierTensors

/// The states of one fit in the checkpoints of its command.
struct SavedFit {
  /// The state at the start; `nil` if there is none.
  let state: FitState?
  private let checkpoints: Checkpoints
  private let origin: StateOrigin

  /// The states of the fit with this origin.
  ///
  /// - Throws: `EspalierError` if all states that are left are damaged.
  init(of origin: StateOrigin, in checkpoints: Checkpoints) throws(EspalierError) {
    self.checkpoints = checkpoints
    self.origin = origin
    state = try checkpoints.state(of: origin, as: FitState.self)
  }

  /// Runs the fit to its end. The state is kept between steps when one is due, and at the end.
  ///
  /// - Throws: `EspalierError` of kind `interrupted` after a signal, and if rows cannot be read or the state cannot be
  ///   written.
  func finish(_ run: any FitRun, _ observe: (FitProgress) -> Void) throws(EspalierError) {
    try checkpoints.deferringSignals { () throws(EspalierError) in
      var last = run.state
      do throws(EspalierError) {
        while try run.advance() {
          if let progress = run.progress { observe(progress) }
          last = run.state
          try checkpoints.note(of: origin) { last }
        }
      } catch {
        // A pass over the rows that a signal has ended leaves the state before it.
        if error.kind == .interrupted { try checkpoints.keep(of: origin, last) }
        throw error
      }
      try checkpoints.keep(of: origin, run.state)
    }
  }
}

extension Fit {
  /// Fits rows in memory as ``callAsFunction(_:features:observe:)`` does, from the last state in `checkpoints`, where
  /// further ones are kept.
  ///
  /// - Throws: `EspalierError` as that does, and of kind `interrupted` after a signal.
  package func callAsFunction(
    _ rows: Rows, features: [FeatureSummary], keptIn checkpoints: Checkpoints?, observe: (FitProgress) -> Void
  ) throws(EspalierError) -> FitOutcome {
    guard let checkpoints else { return try self(rows, features: features, observe: observe) }
    let saved = try SavedFit(of: origin(features, rowCount: rows.count, isStreamed: false), in: checkpoints)
    let run = try run(rows, features: features, from: saved.state)
    try saved.finish(run, observe)
    return try run.outcome()
  }

  /// Fits streamed rows in the same way.
  ///
  /// - Throws: `EspalierError` as `streaming` does, and of kind `interrupted` after a signal.
  package func streaming(
    _ source: some RowSource, features: [FeatureSummary], rowCount: Int, isSparse: Bool, meanWeight: Double? = nil,
    keptIn checkpoints: Checkpoints?, observe: (FitProgress) -> Void
  ) throws(EspalierError) -> FitOutcome {
    guard let checkpoints else {
      return try streaming(
        source, features: features, rowCount: rowCount, isSparse: isSparse, meanWeight: meanWeight, observe: observe)
    }
    let saved = try SavedFit(of: origin(features, rowCount: rowCount, isStreamed: true), in: checkpoints)
    let run = try streamingRun(
      source, features: features, rowCount: rowCount, isSparse: isSparse, meanWeight: meanWeight, from: saved.state)
    try saved.finish(run, observe)
    return try run.outcome()
  }
}
