import EspalierFiles

extension BertTokenizer {
  /// The tokenizer in a folder, or of a vocabulary file: `vocab.txt` or `tokenizer.json`, with the settings of
  /// lower-casing and accents in `tokenizer_config.json` beside it.
  ///
  /// - Throws: `EspalierError` if there is no vocabulary, or the tokenizer is of another kind.
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
