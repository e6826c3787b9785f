import EspalierReports
import Synchronization
import Testing

/// A clock that is set by hand, and a record of the text that was written.
private final class Stage: Sendable {
  let time = Mutex(Duration.zero)
  let written = Mutex([String]())
  var lines: [String] { written.withLock { $0 } }

  func line(total: Int? = 100, unit: String = "images", terminal: Terminal = .plain, isQuiet: Bool = false)
    -> ProgressLine
  {
    ProgressLine(
      "calibration", total: total, unit: unit, terminal: terminal, isQuiet: isQuiet,
      now: { self.time.withLock { $0 } }, write: { text in self.written.withLock { $0.append(text) } })
  }

  func pass(_ duration: Duration) { time.withLock { $0 += duration } }
}

@Suite("Progress")
struct ProgressLineTests {
  private let terminal = Terminal(isInteractive: true, width: 70)

  @Test("a job of less than a second prints nothing", arguments: [true, false])
  func short(isInteractive: Bool) {
    let stage = Stage()
    let line = stage.line(terminal: isInteractive ? terminal : .plain)
    for _ in 0..<99 {
      stage.pass(.milliseconds(10))
      line.advance()
    }
    line.finish()
    #expect(stage.lines.isEmpty)
  }

  @Test("a file gets a line every five seconds, and one at the end")
  func plain() {
    let stage = Stage()
    let line = stage.line()
    for _ in 0..<60 {
      stage.pass(.milliseconds(200))
      line.advance()
    }
    line.finish()
    line.finish()
    #expect(
      stage.lines == [
        "calibration   25/100   25 %  5 images/s  15.0 s left\n",
        "calibration   50/100   50 %  5 images/s  10.0 s left\n",
        "calibration   60/100  12.0 s  5 images/s\n",
      ])
  }

  @Test("a terminal gets one line, drawn at most ten times a second")
  func interactive() {
    let stage = Stage()
    let line = stage.line(total: 4000, terminal: terminal)
    for _ in 0..<3000 {
      stage.pass(.milliseconds(1))
      line.advance(note: "loss 0.31")
    }
    #expect(stage.lines.count == 21)
    #expect(stage.lines.allSatisfy { $0.hasPrefix("\r") && $0.hasSuffix("\u{1B}[K") && !$0.contains("\n") })
    line.finish()
    #expect(stage.lines.last == "\n")
  }

  @Test("a line never wraps")
  func narrow() {
    let stage = Stage()
    let line = stage.line(terminal: Terminal(isInteractive: true, width: 20))
    stage.pass(.seconds(2))
    line.advance()
    #expect(stage.lines == ["\rcalibration    1/10\u{1B}[K"])
  }

  @Test("quiet is quiet, and an unknown total shows no remaining time")
  func quiet() {
    let (stage, other) = (Stage(), Stage())
    let (quiet, open) = (stage.line(isQuiet: true), other.line(total: nil, unit: ""))
    stage.pass(.seconds(9))
    quiet.advance()
    quiet.finish()
    #expect(stage.lines.isEmpty)
    other.pass(.seconds(10))
    open.advance(by: 20)
    #expect(other.lines == ["calibration  20  2/s\n"])
  }

  @Test("many threads may report")
  func threads() async {
    let stage = Stage()
    let line = stage.line(total: 800)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<8 { group.addTask { for _ in 0..<100 { line.advance() } } }
    }
    stage.pass(.seconds(4))
    line.finish()
    #expect(stage.lines == ["calibration  800/800  4.00 s  200 images/s\n"])
  }
}
