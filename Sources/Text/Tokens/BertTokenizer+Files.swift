import EspalierFiles

extension BertTokenizer {
  /// The tokenizer that the files in a folder describe, or a vocabulary alone: `vocab.txt` or `tokenizer.json`, and beside it
  /// `tokenizer_config.json`, which says whether letters become small and accents go.
  ///
  /// - Throws: `EspalierError` where there is no vocabulary, or a tokenizer of another kind.
  package init(_ path: String) throws(EspalierError) {
    if path.hasSuffix(".txt") || path.hasSuffix(".json") {
      let slash = path.lastIndex(of: "/")
      let folder = slash.map { String(path[..<$0]) } ?? "."
      self.init(try WordPieceVocabulary(path), basic: try Self.options(in: folder.isEmpty ? "/" : folder))
      return
    }
    for name in ["vocab.txt", "tokenizer.json"] where FileContents.exists("\(path)/\(name)") {
      self.init(try WordPieceVocabulary("\(path)/\(name)"), basic: try Self.options(in: path))
      return
    }
    throw EspalierError(
      .file, path, "has no tokenizer: neither vocab.txt nor tokenizer.json is there",
      remedy: "put the files of the network's tokenizer there, or name them with tokenizer=")
  }

  private static func options(in folder: String) throws(EspalierError) -> BasicTokenizer {
    var basic = BasicTokenizer()
    let path = "\(folder)/tokenizer_config.json"
    guard FileContents.exists(path) else { return basic }
    let json = try JSONValue(parsing: FileContents.read(path), subject: path)
    if let value = json["do_lower_case"]?.bool { basic.lowercases = value }
    if let value = json["strip_accents"]?.bool { basic.stripsAccents = value }
    if let value = json["tokenize_chinese_chars"]?.bool { basic.separatesChinese = value }
    return basic
  }
}
