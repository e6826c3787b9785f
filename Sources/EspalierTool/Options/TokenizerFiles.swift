import EspalierFiles
import EspalierGraph

/// The files of a tokenizer, which lie beside the network that uses it.
enum TokenizerFiles {
  /// The names of the files.
  static let names = ["vocab.txt", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"]

  /// The folder of the file at `path`.
  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The tokenizer files beside the file at `path`.
  static func paths(beside path: String) -> [String] {
    names.map { "\(folder(of: path))/\($0)" }.filter(FileContents.exists)
  }

  /// The files that ``copy(beside:to:)`` would write; none if both are in one folder, or one is a link to the other.
  static func copies(beside source: String, to target: String) -> [String] {
    let (from, to) = (folder(of: source), folder(of: target))
    guard FileIdentity(from) != FileIdentity(to) else { return [] }
    return paths(beside: source).compactMap { path in
      let copy = "\(to)/\(path.dropFirst(from.count + 1))"
      return FileIdentity(copy) == FileIdentity(path) ? nil : copy
    }
  }

  /// Copies the tokenizer beside `source` to `target`, if `graph` is a network for text.
  static func keep(beside source: ModelFile, to target: String, for graph: Graph) throws(EspalierError) {
    guard graph.feeds.contains(where: { $0.name == "input_ids" }) else { return }
    _ = try copy(beside: source.path, to: target)
  }

  /// Copies the tokenizer files beside `source` to those beside `target`, and returns their names; none if both are in
  /// one folder.
  static func copy(beside source: String, to target: String) throws(EspalierError) -> [String] {
    var copied: [String] = []
    for path in copies(beside: source, to: target) {
      let name = String(path.dropFirst(folder(of: target).count + 1))
      guard let bytes = try? FileContents.read("\(folder(of: source))/\(name)") else { continue }
      try AtomicFile.write([(path, [.memory(bytes)])])
      copied.append(name)
    }
    return copied
  }
}
