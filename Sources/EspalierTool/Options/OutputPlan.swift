import ArgumentParser
import EspalierFiles

/// What a command reads and what it writes, compared before any work: no output takes the place of an input or of
/// another output, and every one can be written.
///
///     try OutputPlan(
///       reading: [.network(model, "MODEL"), .data(data, "--data")],
///       writing: [.network(output, "--output", onto: model), .text(json, "--json")]
///     ).check()
///
/// Files are the same by what they are, not by how their paths are written (``FileIdentity``). One exception is made: a
/// command that changes a network may put the result in its place.
struct OutputPlan {
  private let inputs: [PlannedInput]
  private let outputs: [PlannedOutput]

  /// A plan; `nil` stands for what is not given.
  init(reading inputs: [PlannedInput?] = [], writing outputs: [PlannedOutput?]) {
    self.inputs = inputs.compactMap { $0 }
    self.outputs = outputs.compactMap { $0 }
  }

  /// Refuses what must not or cannot be written.
  ///
  /// - Throws: `ValidationError` for an output in the place of another file, or of a kind that standard output does not
  ///   take; `EspalierError` where a file cannot be written.
  func check() throws {
    try checkStandardOutput()
    let targets = outputs.flatMap { output in output.targets.map { Target(output: output, path: $0) } }
    for (place, target) in targets.enumerated() {
      guard let other = targets[..<place].first(where: { $0.file == target.file }) else { continue }
      throw ValidationError("\(other.description) and \(target.description) are one file; name two")
    }
    let mayReplaceWeights = targets.contains(where: \.file.exists)
    for input in mayReplaceWeights ? inputs.map(\.withExternalWeights) : inputs {
      for target in targets where !target.output.replaces(input) {
        guard let file = input.file(at: target.path, target.file) else { continue }
        throw ValidationError(
          "\(target.description) would replace the input \(file) (\(input.name)); name another file")
      }
    }
    for output in outputs {
      if let folder = output.folder { _ = try Folder(folder) }
      try OutputPath.check(output.path)
    }
  }

  private func checkStandardOutput() throws(ValidationError) {
    let streamed = outputs.filter { $0.path == "-" }
    if let output = streamed.first(where: { !$0.isText }) {
      throw ValidationError("\(output.name) - is not possible: standard output takes text alone; name a file")
    }
    guard streamed.count < 2 else {
      throw ValidationError(
        "\(streamed[0].name) and \(streamed[1].name) cannot both go to standard output; name a file")
    }
  }

  /// One file that will be written.
  private struct Target {
    let output: PlannedOutput
    let path: String
    let file: FileIdentity

    init(output: PlannedOutput, path: String) {
      (self.output, self.path, file) = (output, path, FileIdentity(path))
    }

    var description: String { "\(output.name) \(path)" }
  }
}
