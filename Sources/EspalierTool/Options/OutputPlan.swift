import ArgumentParser
import EspalierFiles

/// The inputs and outputs of a command, checked before any work: no output may replace an input or another output, and
/// every one must be writable.
///
///     try OutputPlan(
///       reading: [.network(model, "MODEL"), .data(data, "--data")],
///       writing: [.network(output, "--output", onto: model), .text(json, "--json")]
///     ).check()
///
/// Files are compared by identity, not by path (``FileIdentity``). There is one exception: a command that changes a
/// network may replace it by the result.
struct OutputPlan {
  private let inputs: [PlannedInput]
  private let outputs: [PlannedOutput]

  /// A plan; arguments that are not given are `nil`.
  init(reading inputs: [PlannedInput?] = [], writing outputs: [PlannedOutput?]) {
    self.inputs = inputs.compactMap { $0 }
    self.outputs = outputs.compactMap { $0 }
  }

  /// Rejects outputs that must not or cannot be written.
  ///
  /// - Throws: `ValidationError` for an output that would replace another file, or of a kind that standard output does
  ///   not accept; `EspalierError` if a file cannot be written.
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

  /// One output file.
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
