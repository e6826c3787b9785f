import EspalierFiles

/// An output of a command.
struct PlannedOutput {
  /// The option that requests the output.
  let name: String
  /// The path; `-` is standard output.
  let path: String
  /// Whether the output is text, which standard output accepts.
  let isText: Bool
  /// The folder to create for the output.
  private(set) var folder: String?
  private var companions: [String] = []
  private var replaceable: String?

  private init(_ name: String, _ path: String, isText: Bool) {
    (self.name, self.path, self.isText) = (name, path, isText)
  }

  /// A text, if a path is given.
  static func text(_ path: String?, _ name: String) -> PlannedOutput? {
    path.map { PlannedOutput(name, $0, isText: true) }
  }

  /// A file of numbers.
  static func array(_ path: String, _ name: String) -> PlannedOutput { PlannedOutput(name, path, isText: false) }

  /// A network, with its large weights beside it.
  ///
  /// - Parameters:
  ///   - model: The network that it is made from, which it may replace.
  ///   - source: The file whose tokenizer is copied beside the network, if any.
  static func network(
    _ path: String, _ name: String, onto model: ModelFile? = nil, tokenizerBeside source: String? = nil
  ) -> PlannedOutput {
    var output = PlannedOutput(name, path, isText: false)
    output.replaceable = model?.path
    output.companions = [path + ".data"] + (source.map { TokenizerFiles.copies(beside: $0, to: path) } ?? [])
    return output
  }

  /// Files in a folder, which is created if it does not exist.
  static func files(_ names: [String], in folder: String, _ name: String) -> [PlannedOutput] {
    names.map { file in
      var output = PlannedOutput(name, "\(folder)/\(file)", isText: false)
      output.folder = folder
      if file.hasSuffix(".onnx") { output.companions = [output.path + ".data"] }
      return output
    }
  }

  /// The files to write.
  var targets: [String] { path == "-" ? [] : [path] + companions }

  /// Whether this output replaces the network `input`.
  func replaces(_ input: PlannedInput) -> Bool {
    guard input.isModel, let replaceable, input.network == replaceable else { return false }
    return FileIdentity(replaceable) == FileIdentity(path)
  }
}
