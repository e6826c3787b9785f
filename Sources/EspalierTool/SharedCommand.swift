import ArgumentParser
import EspalierFiles
import EspalierProcesses
import EspalierReports
import EspalierThreading
import Foundation

/// A command that several processes, started by `mpirun`, can run together (`docs/guides/many-processes.md`).
///
/// All processes read the same arguments and inputs and come to the same result. Rank 0 alone writes files and prints;
/// what others write to the standard streams is dropped (``StandardStreams/mute()``).
protocol SharedCommand: ParsableCommand {
  /// What the command was asked for that one process alone can do; `nil` if there is nothing.
  var unshared: String? { get }

  /// Runs as one of `processes`, and returns early where the rest is rank 0's.
  func run(in processes: any ProcessGroup) throws
}

extension SharedCommand {
  /// By default, several processes can do all of it.
  var unshared: String? { nil }

  /// Runs in this process alone.
  func run() throws { try run(in: SingleProcess()) }
}

/// The processes that were started together with this one.
struct Job {
  private let launcher: Launcher
  private var processes: any ProcessGroup = SingleProcess()
  /// How long a process waits, when it fails, for rank 0 to give the same reason.
  private static let patience: UInt32 = 5

  /// The processes that `launcher` has started.
  init(_ launcher: Launcher) {
    self.launcher = launcher
    guard launcher.isShared else { return }
    if launcher.rank > 0 { StandardStreams.mute() }
    Interruption.endsAtOnce(saying: launcher.rank == 0)
  }

  /// Runs a command in all processes, or refuses if it is for one.
  mutating func run(_ command: inout any ParsableCommand) throws {
    guard launcher.isShared else { return try command.run() }
    guard let shared = command as? any SharedCommand else {
      throw refusal("the command \(type(of: command)._commandName)")
    }
    if let part = shared.unshared { throw refusal(part) }
    processes = try launcher.join()
    shareCores(command)
    try shared.run(in: processes)
    processes.finish()
  }

  /// Ends this process, and all others if it ends early.
  func end(_ code: Int32) -> Never {
    guard launcher.isShared, code != 0 else { exit(code) }
    processes.abort(code: code)
  }

  /// Waits until rank 0 has told what went wrong, which ends this process too. If it has not, this process alone has
  /// failed, and may speak.
  func waitForRoot() {
    guard launcher.isShared, launcher.rank > 0 else { return }
    sleep(Self.patience)
    StandardStreams.unmute(as: "process \(launcher.rank)")
  }

  private func refusal(_ subject: String) -> ValidationError {
    ValidationError("\(subject) runs in one process, and several were started; start it without mpirun")
  }

  /// Divides the cores of a machine among its processes, unless they were divided already or `--threads` says how many
  /// each may use.
  private func shareCores(_ command: any ParsableCommand) {
    let isBound = ProcessInfo.processInfo.activeProcessorCount < ProcessInfo.processInfo.processorCount
    let isLimited = (command as? any ThreadedCommand)?.threading.threads != nil
    guard !isLimited, !isBound, ProcessInfo.processInfo.environment["OMP_NUM_THREADS"] == nil else { return }
    Threads.limit(to: max(1, Threads.count / launcher.localCount))
  }
}
