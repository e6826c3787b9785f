import ArgumentParser
import EspalierFiles
import EspalierProcesses
import EspalierReports
import EspalierTensors

/// Where a long command keeps its state.
struct CheckpointOptions: ParsableArguments {
  @Option(
    help: """
      Keep the state of the work in this folder; the same command goes on from there, to the same result. A signal (as \
      of Ctrl-C) then ends the work after the step it is in; a second one ends it at once.
      """) var checkpoint: String?
  @Option(
    help: ArgumentHelp("With --checkpoint: how often the state is kept, as in 30s, 10m or 1h.", valueName: "time"))
  var every = Interval(seconds: 600)

  /// The folder of this command's states; `nil` unless one is named.
  ///
  /// - Parameter outputs: The files that the command writes: what an earlier run that was killed has left beside them
  ///   is removed.
  /// - Parameter processes: The processes that work together; rank 0 keeps the states.
  /// - Throws: `EspalierError` if it belongs to another command, or cannot be written to.
  func checkpoints(
    writing outputs: String?..., in processes: any ProcessGroup = SingleProcess()
  ) throws(EspalierError) -> Checkpoints? {
    try checkpoints(writing: outputs, in: processes)
  }

  /// The same for a list of files.
  func checkpoints(
    writing outputs: [String?], in processes: any ProcessGroup = SingleProcess()
  ) throws(EspalierError) -> Checkpoints? {
    try checkpoint.map { (folder) throws(EspalierError) in
      if processes.isRoot {
        for output in outputs.compactMap({ $0 }) { AtomicFile.removeAbandoned(beside: output) }
      }
      return try Checkpoints(
        in: folder, every: every.seconds, of: Self.work(CommandLine.arguments), leads: processes.isRoot
      ) { StandardError.warn($0) }
    }
  }

  /// The words of a command that its result depends on.
  private static func work(_ arguments: [String]) -> [String] {
    var words: [String] = []
    var rest = arguments.dropFirst()
    while let word = rest.popFirst() {
      let name = word.prefix { $0 != "=" }
      if ["--quiet", "-q"].contains(name) { continue }
      if ["--checkpoint", "--every", "--threads"].contains(name) {
        if !word.contains("=") { _ = rest.popFirst() }
        continue
      }
      words.append(word)
    }
    return words
  }
}

/// A span of time on the command line: `45`, `30s`, `10m`, `1.5h`.
struct Interval: ExpressibleByArgument {
  let seconds: Double

  init(seconds: Double) { self.seconds = seconds }

  init?(argument: String) {
    let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600]
    let unit = argument.last.flatMap { units[$0] }
    guard let number = Double(unit == nil ? argument[...] : argument.dropLast()), number >= 0, number.isFinite else {
      return nil
    }
    seconds = number * (unit ?? 1)
  }

  var defaultValueDescription: String { "\(Int(seconds / 60))m" }
}
