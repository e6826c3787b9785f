#if os(Linux)
  import EspalierFiles
  import EspalierTensors
  import Foundation
  import Testing

  /// Long commands killed at random moments and in every way that a night has, and continued until they are done.
  ///
  /// The result equals that of a run without interruption, byte for byte; no unfinished file is ever seen under its
  /// final name; and none is left behind. `Scripts/kill-test COUNT` runs the same with more kills.
  struct KillTests {
    /// A way in which a run ends early.
    fileprivate enum Death: CaseIterable {
      case killed, terminated, interrupted, hungUp, diskFull
    }

    /// A command that keeps its states: its arguments without the output, and the option that names the output.
    fileprivate struct Job {
      let name: String
      let arguments: [String]
      let output: String
    }

    private let shop: Workshop
    private let jobs: [Job]
    /// The folder of temporary files of the commands.
    private let scratch: String

    init() throws {
      shop = try Workshop(widths: [6, 48, 48, 48, 4])
      scratch = shop.path("scratch")
      try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
      try NPY.write(Tensor(shape: [40], (0..<40).map { Int64($0 % 4) }), to: shop.path("labels.npy"))
      var generator = SeededGenerator(seed: 3)
      let rows = (0..<600).map { _ in
        let (a, b) = (generator.normal(), generator.normal())
        return "\(a - 2 * b + 0.1 * generator.normal()),\(a),\(b)"
      }
      let table = try shop.folder.file("table.csv", Array((["y,a,b"] + rows).joined(separator: "\n").utf8))
      let (small, labels) = (shop.path("small.onnx"), shop.path("labels.npy"))
      let outcome = try Tool.run(
        "prune", shop.model, "--calibration", shop.calibration, "--keep", "0.5", "-o", small, "--quiet")
      try #require(outcome.status == 0, "\(outcome.errors)")
      let fit = [
        "fit", table, "--target", "y", "--family", "gaussian", "--method", "sppam", "--step", "0.001", "--epochs",
      ]
      jobs = [
        Job(
          name: "train",
          arguments: [
            "train", shop.model, "--data", "\(shop.calibration),\(labels)", "--batch", "4", "--epochs", "60",
          ], output: "--output"),
        Job(
          name: "prune", arguments: ["prune", shop.model, "--calibration", shop.calibration, "--keep", "0.5"],
          output: "--output"),
        Job(
          name: "distil",
          arguments: [
            "finetune", small, "--teacher", shop.model, "--data", shop.calibration, "--batch", "8", "--epochs", "40",
          ], output: "--output"),
        Job(name: "fit", arguments: fit + ["300"], output: "--model"),
        Job(name: "streamed fit", arguments: fit + ["60", "--stream"], output: "--model"),
      ]
    }

    @Test func killedCommandsEndAtTheSameBytes() throws {
      let count = ProcessInfo.processInfo.environment["ESPALIER_KILLS"].flatMap { Int($0) } ?? 10
      var generator = SeededGenerator(
        seed: ProcessInfo.processInfo.environment["ESPALIER_KILL_SEED"].flatMap { UInt64($0) } ?? 1)
      var deaths: [String: Int] = [:]
      var (round, kills) = (0, 0)
      while kills < count {
        let job = jobs[round % jobs.count]
        let own = try killAndContinue(job, atMost: min(count - kills, 1 + generator.index(below: 5)), &generator)
        for death in own { deaths["\(job.name) \(death)", default: 0] += 1 }
        kills += own.count
        round += 1
        try #require(round < 20 * count, "the commands end before they can be killed")
      }
      if count > 10 {
        for (name, number) in deaths.sorted(by: { $0.key < $1.key }) { print("\(name): \(number)") }
      }
    }

    /// Runs `job` to its end, ended early at most `most` times on the way, and returns how.
    private func killAndContinue(
      _ job: Job, atMost most: Int, _ generator: inout SeededGenerator
    ) throws -> [Death] {
      let begin = ContinuousClock.now
      let whole = shop.path("whole")
      let reference = try Tool.run(arguments: command(job, output: whole), environment: environment)
      try #require(reference.status == 0, "\(job.name): \(reference.errors)")
      let microseconds = (ContinuousClock.now - begin) / .microseconds(1)
      let old = Data("an older file".utf8)
      let (output, states) = (shop.path("parts"), shop.path("states"))
      try old.write(to: URL(fileURLWithPath: output))
      let allowed = [old, try shop.contents("whole")]
      let arguments = command(job, output: output) + ["--checkpoint", states, "--every", "0s"]
      var deaths: [Death] = []
      var abandoned: [String] = []
      while deaths.count < most {
        let death = Death.allCases[generator.index(below: Death.allCases.count)]
        let run = try start(arguments, limited: death == .diskFull ? generator.index(below: 64) : nil)
        // A full disk ends a run by itself; `end(by:)` sees to one that it does not end.
        let time =
          death == .diskFull ? TerminalProcess.patience : .microseconds(Int(microseconds * generator.uniform()))
        let moment = ContinuousClock.now + time
        while run.isRunning, ContinuousClock.now < moment {
          #expect(allowed.contains(try shop.contents("parts")), "\(job.name): an unfinished file has its final name")
          usleep(2000)
        }
        let status = run.end(by: death.end)
        #expect(allowed.contains(try shop.contents("parts")), "\(job.name): an unfinished file has its final name")
        if status == 0 { break }
        deaths.append(death)
        // A signal that comes before the handlers are in place ends the process by itself.
        let direct = death.status > 128 ? 128 - death.status : death.status
        #expect(status == death.status || status == direct, "\(job.name) after being \(death)")
        // Those of a killed run stay until one that begins after it has come to remove them.
        let left = try unfinished.filter { !abandoned.contains($0) }
        if death == .killed { abandoned += left }
        #expect(left.isEmpty || death == .killed, "\(job.name) \(death) left \(left)")
      }
      let last = try Tool.run(arguments: arguments, environment: environment)
      #expect(last.status == 0, "\(job.name): \(last.errors)")
      #expect(!last.errors.contains("damaged"), "\(last.errors)")
      #expect(try shop.contents("parts") == shop.contents("whole"), "\(job.name) after \(deaths) has other bytes")
      let left = try unfinished
      #expect(left.isEmpty, "\(job.name) after \(deaths) left \(left)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: states).isEmpty)
      return deaths
    }

    private func command(_ job: Job, output: String) -> [String] {
      job.arguments + [job.output, output, "--threads", "1", "--quiet"]
    }

    private var environment: [String: String] { ["TMPDIR": scratch] }

    private func start(_ arguments: [String], limited blocks: Int?) throws -> TerminalProcess {
      try TerminalProcess(Tool.path, arguments, environment: environment, fileBlocks: blocks)
    }

    /// Files under way, and temporary files.
    private var unfinished: [String] {
      get throws {
        let all = FileManager.default.enumerator(atPath: shop.folder.path)?.compactMap { $0 as? String } ?? []
        return all.filter { $0.hasSuffix(".partial") || $0.hasPrefix("scratch/") }
      }
    }
  }

  extension KillTests.Death {
    /// What ends a run.
    fileprivate var end: TerminalProcess.End {
      switch self {
      case .killed: .signal(SIGKILL)
      case .terminated: .signal(SIGTERM)
      case .interrupted: .signal(SIGINT)
      case .hungUp: .closedTerminal
      case .diskFull: .ofItself
      }
    }

    /// The status of a run that ends so.
    fileprivate var status: Int32 {
      switch self {
      case .killed: -SIGKILL
      case .terminated: 128 + SIGTERM
      case .interrupted: 128 + SIGINT
      case .hungUp: 128 + SIGHUP
      case .diskFull: 65
      }
    }
  }
#endif
