import EspalierFiles

/// Something that a command writes.
struct PlannedOutput {
  /// The option that asks for it.
  let name: String
  /// Where it goes; `-` is standard output.
  let path: String
  /// Whether it is text, which standard output takes.
  let isText: Bool
  /// The folder that is made for it.
  private(set) var folder: String?
  private var companions: [String] = []
  private var replaceable: String?

  private init(_ name: String, _ path: String, isText: Bool) {
    (self.name, self.path, self.isText) = (name, path, isText)
  }

  /// A text, if there is a path for it.
  static func text(_ path: String?, _ name: String) -> PlannedOutput? {
    path.map { PlannedOutput(name, $0, isText: true) }
  }

  /// A file of numbers.
  static func array(_ path: String, _ name: String) -> PlannedOutput { PlannedOutput(name, path, isText: false) }

  /// A network, its large weights beside it.
  ///
  /// - Parameters:
  ///   - model: The network that it is made from, whose place it may take.
  ///   - source: The file whose tokenizer is put beside the network, where there is one.
  static func network(
    _ path: String, _ name: String, onto model: ModelFile? = nil, tokenizerBeside source: String? = nil
  ) -> PlannedOutput {
    var output = PlannedOutput(name, path, isText: false)
    output.replaceable = model?.path
    output.companions = [path + ".data"] + (source.map { TokenizerFiles.copies(beside: $0, to: path) } ?? [])
    return output
  }

  /// Files in a folder, which is made if it is not there.
  static func files(_ names: [String], in folder: String, _ name: String) -> [PlannedOutput] {
    names.map { file in
      var output = PlannedOutput(name, "\(folder)/\(file)", isText: false)
      output.folder = folder
      if file.hasSuffix(".onnx") { output.companions = [output.path + ".data"] }
      return output
    }
  }

  /// The files that are written.
  var targets: [String] { path == "-" ? [] : [path] + companions }

  /// Whether this is the network `input` in its own place.
  func replaces(_ input: PlannedInput) -> Bool {
    guard input.isModel, let replaceable, input.network == replaceable else { return false }
    return FileIdentity(replaceable) == FileIdentity(path)
  }
}
