import EspalierFiles
import EspalierONNX

/// An input of a command.
struct PlannedInput {
  /// The argument or option that names the input.
  let name: String
  /// The path of the network, if the input is one.
  private(set) var network: String?
  /// Whether the input is the command's own network.
  private(set) var isModel = false
  private var files: [String]
  private var folders: [String] = []

  private init(_ name: String, files: [String]) {
    (self.name, self.files) = (name, files)
  }

  /// A file, if a path is given; `-` is standard input.
  static func file(_ path: String?, _ name: String) -> PlannedInput? {
    path.flatMap { $0 == "-" ? nil : PlannedInput(name, files: [$0]) }
  }

  /// The tokenizer beside a file, if a path is given.
  static func tokenizer(beside path: String?, _ name: String) -> PlannedInput? {
    path.map { PlannedInput(name, files: TokenizerFiles.paths(beside: $0)) }
  }

  /// The command's own network.
  static func model(_ model: ModelFile) -> PlannedInput? {
    var input = network(model, "MODEL")
    input?.isModel = true
    return input
  }

  /// Another network, if given, with the tokenizer beside it.
  static func network(_ model: ModelFile?, _ name: String) -> PlannedInput? {
    model.map { model in
      var input = PlannedInput(name, files: [model.path] + TokenizerFiles.paths(beside: model.path))
      input.network = model.path
      return input
    }
  }

  /// Data, if given: all files and folders that the argument names.
  static func data(_ data: DataArgument?, _ name: String) -> PlannedInput? {
    data.map { data in
      var input = PlannedInput(name, files: data.paths.files)
      input.folders = data.paths.folders
      return input
    }
  }

  /// Data of an option that may be repeated.
  static func data(_ data: [DataArgument], _ name: String) -> [PlannedInput?] { data.map { .data($0, name) } }

  /// The same with the files of the network's external weights; a network that cannot be read has none.
  var withExternalWeights: PlannedInput {
    var input = self
    if let network { input.files += (try? ONNXFile.externalFiles(of: network)) ?? [] }
    return input
  }

  /// The part of the input that is lost if the file at `path` is replaced; `nil` for none.
  func file(at path: String, _ file: FileIdentity) -> String? {
    if let own = files.first(where: { FileIdentity($0) == file }) { return own }
    guard file.exists, DataArgument.isData(path), folders.contains(where: { FileIdentity.isFile(path, below: $0) })
    else { return nil }
    return path
  }
}
