import EspalierFiles
import EspalierONNX

/// Something that a command reads.
struct PlannedInput {
  /// The argument or option that names it.
  let name: String
  /// The path of the network, where it is one.
  private(set) var network: String?
  /// Whether it is the network that the command is about.
  private(set) var isModel = false
  private var files: [String]
  private var folders: [String] = []

  private init(_ name: String, files: [String]) {
    (self.name, self.files) = (name, files)
  }

  /// A file, if there is a path for it; `-` is standard input.
  static func file(_ path: String?, _ name: String) -> PlannedInput? {
    path.flatMap { $0 == "-" ? nil : PlannedInput(name, files: [$0]) }
  }

  /// The tokenizer beside a file, if there is a path for it.
  static func tokenizer(beside path: String?, _ name: String) -> PlannedInput? {
    path.map { PlannedInput(name, files: TokenizerFiles.paths(beside: $0)) }
  }

  /// The network that the command is about.
  static func model(_ model: ModelFile) -> PlannedInput? {
    var input = network(model, "MODEL")
    input?.isModel = true
    return input
  }

  /// Another network, if there is one, with the tokenizer beside it.
  static func network(_ model: ModelFile?, _ name: String) -> PlannedInput? {
    model.map { model in
      var input = PlannedInput(name, files: [model.path] + TokenizerFiles.paths(beside: model.path))
      input.network = model.path
      return input
    }
  }

  /// Data, if there is any: all files and folders that the argument names.
  static func data(_ data: DataArgument?, _ name: String) -> PlannedInput? {
    data.map { data in
      var input = PlannedInput(name, files: data.paths.files)
      input.folders = data.paths.folders
      return input
    }
  }

  /// The same with the files in which a network keeps weights; a network that cannot be read has none.
  var withExternalWeights: PlannedInput {
    var input = self
    if let network { input.files += (try? ONNXFile.externalFiles(of: network)) ?? [] }
    return input
  }

  /// What is lost of the input when the file at `path` is replaced; `nil` for nothing.
  func file(at path: String, _ file: FileIdentity) -> String? {
    if let own = files.first(where: { FileIdentity($0) == file }) { return own }
    guard file.exists, DataArgument.isData(path), folders.contains(where: { FileIdentity.isFile(path, below: $0) })
    else { return nil }
    return path
  }
}
