import EspalierFiles

/// The word pieces of a network, each with its identifier: the index of its line in `vocab.txt`.
package struct WordPieceVocabulary: Sendable {
  /// The pieces, by identifier.
  package let pieces: [String]
  private let identifiers: [[UInt8]: Int]

  /// A vocabulary of these pieces.
  ///
  /// - Throws: `EspalierError` if one of the special tokens is missing.
  package init(_ pieces: [String], subject: String = "the vocabulary") throws(EspalierError) {
    self.pieces = pieces
    var identifiers: [[UInt8]: Int] = [:]
    identifiers.reserveCapacity(pieces.count)
    // The last of equal lines counts, as in the library transformers.
    for (identifier, piece) in pieces.enumerated() { identifiers[Array(piece.utf8)] = identifier }
    self.identifiers = identifiers
    for special in SpecialToken.allCases where self[special.rawValue] == nil {
      throw EspalierError(
        .file, subject, "has no piece \(special.rawValue)",
        remedy: "give the vocabulary of a network like BERT, one piece a line")
    }
  }

  /// The vocabulary in the file at `path`: `vocab.txt`, or `tokenizer.json`.
  ///
  /// - Throws: `EspalierError` if the file cannot be read, or holds no WordPiece vocabulary.
  package init(_ path: String) throws(EspalierError) {
    let bytes = try FileContents.read(path)
    guard path.hasSuffix(".json") else {
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw EspalierError(.file, path, "is not text in UTF-8")
      }
      var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        String(line.last == "\r" ? line.dropLast() : line)
      }
      if lines.last == "" { lines.removeLast() }
      try self.init(lines, subject: path)
      return
    }
    let model = try JSONValue(parsing: bytes, subject: path)["model"]
    guard model?["type"]?.string ?? "WordPiece" == "WordPiece", let members = model?["vocab"]?.members else {
      throw EspalierError(
        .file, path, "holds no WordPiece vocabulary", remedy: "only tokenizers of BERT's kind are supported")
    }
    var pieces = [String](repeating: "", count: members.count)
    for member in members {
      guard let identifier = member.value.integer, pieces.indices.contains(identifier) else {
        throw EspalierError(
          .file, path, "gives \"\(member.name)\" an identifier outside of its \(members.count) pieces")
      }
      pieces[identifier] = member.name
    }
    try self.init(pieces, subject: path)
  }

  /// The identifier of `piece`, compared by code points; `nil` if it is unknown.
  package subscript(piece: String) -> Int? { identifiers[Array(piece.utf8)] }

  /// The identifier of a piece, given in UTF-8.
  subscript(bytes bytes: [UInt8]) -> Int? { identifiers[bytes] }
}

/// The pieces with a special meaning.
package enum SpecialToken: String, CaseIterable, Sendable {
  case padding = "[PAD]"
  case unknown = "[UNK]"
  case beginning = "[CLS]"
  case separator = "[SEP]"
  case mask = "[MASK]"
}
