import Foundation
import Synchronization

/// A line on standard error with the progress, speed and remaining time of a long job.
///
///     calibration  412/1000   41 %  123 images/s  4.78 s left
///
/// In a terminal one line is redrawn, at most ten times a second; elsewhere a line is written at most every five
/// seconds. A job that ends within a second prints nothing. Any thread may report progress.
package final class ProgressLine: Sendable {
  private struct State {
    var done = 0
    var note = ""
    var lastDrawn: Duration?
    var isFinished = false
  }

  private let title: String
  private let total: Int?
  private let unit: String
  private let terminal: Terminal
  private let isQuiet: Bool
  private let now: @Sendable () -> Duration
  private let write: @Sendable (String) -> Void
  private let start: Duration
  private let state = Mutex(State())

  /// Starts a line.
  ///
  /// - Parameters:
  ///   - title: The name of the job: `calibration`.
  ///   - total: The number of units to do; `nil` if it is unknown, in which case no remaining time is shown.
  ///   - unit: The name of the units, in the plural: `images`.
  ///   - terminal: The terminal to write to.
  ///   - isQuiet: Whether to write nothing at all.
  ///   - now: A monotonic clock.
  ///   - write: Writes text without adding a newline; to standard error by default.
  package init(
    _ title: String, total: Int? = nil, unit: String = "", terminal: Terminal = .standardError, isQuiet: Bool = false,
    now: @escaping @Sendable () -> Duration = { ProgressLine.systemTime },
    write: (@Sendable (String) -> Void)? = nil
  ) {
    self.title = title
    self.total = total
    self.unit = unit
    self.terminal = terminal
    self.isQuiet = isQuiet
    self.now = now
    self.write = write ?? { StandardError.write($0) }
    start = now()
  }

  /// The time of a monotonic clock since a moment in the past.
  package static var systemTime: Duration { Self.origin.duration(to: .now) }

  private static let origin = ContinuousClock.now

  /// Reports that `count` more units are done, optionally with a note on the state (`loss 0.31`).
  package func advance(by count: Int = 1, note: String? = nil) {
    state.withLock { state in
      state.done += count
      if let note { state.note = note.printable }
      let elapsed = now() - start
      guard isDue(elapsed, after: state.lastDrawn), !state.isFinished else { return }
      state.lastDrawn = elapsed
      draw(line(state, elapsed: elapsed))
    }
  }

  /// Ends the line: writes the number of units done and the time, unless it took less than a second.
  ///
  /// Repeated calls do nothing.
  package func finish() {
    state.withLock { state in
      let elapsed = now() - start
      guard !isQuiet, !state.isFinished else { return }
      state.isFinished = true
      guard elapsed >= .seconds(1) || state.lastDrawn != nil else { return }
      draw(summary(state, elapsed: elapsed))
      if terminal.isInteractive { write("\n") }
    }
  }

  private func isDue(_ elapsed: Duration, after last: Duration?) -> Bool {
    guard !isQuiet, elapsed >= .seconds(1) else { return false }
    return elapsed - (last ?? .zero) >= (terminal.isInteractive ? .milliseconds(100) : .seconds(5))
  }

  private func draw(_ line: String) {
    guard terminal.isInteractive else { return write(line + "\n") }
    let fitted = terminal.width.map { TextWidth.prefix(line, width: max(0, $0 - 1)) } ?? line
    write("\r\(fitted)\u{1B}[K")
  }

  private func line(_ state: State, elapsed: Duration) -> String {
    let seconds = elapsed / .seconds(1)
    let rate = Double(state.done) / seconds
    var parts = [title, amount(state.done)]
    if let total, total > 0 {
      let percent = Format.percent(Double(state.done) / Double(total), decimals: 0)
      parts.append(TextWidth.padded(percent, to: 5, .trailing))
    }
    parts.append(speed(rate))
    if let total, rate > 0 { parts.append(Format.duration(Double(max(0, total - state.done)) / rate) + " left") }
    return (parts + [state.note]).filter { !$0.isEmpty }.joined(separator: "  ")
  }

  private func summary(_ state: State, elapsed: Duration) -> String {
    let seconds = elapsed / .seconds(1)
    let parts = [title, amount(state.done), Format.duration(seconds), speed(Double(state.done) / seconds), state.note]
    return parts.filter { !$0.isEmpty }.joined(separator: "  ")
  }

  private func amount(_ done: Int) -> String {
    guard let total else { return unit.isEmpty ? String(done) : "\(done) \(unit)" }
    return TextWidth.padded(String(done), to: String(total).count, .trailing) + "/\(total)"
  }

  private func speed(_ rate: Double) -> String {
    let text = Format.count(rate)
    return unit.isEmpty ? text + "/s" : "\(text) \(unit)/s"
  }
}
