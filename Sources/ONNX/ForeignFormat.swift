import EspalierFiles

/// A format in which other tools keep networks, and the line that makes an ONNX file of it.
struct ForeignFormat: Sendable {
  /// The description of such a file, as the end of a sentence that begins with its name.
  let description: String
  /// The remedy for the file at a path: a line that writes ONNX, or the file to take instead.
  let remedy: @Sendable (_ path: String) -> String
  /// The usual ends of the files' names.
  let extensions: Set<String>
  /// Whether the first bytes of a file tell the format.
  let hasSignature: @Sendable (FileHead) -> Bool

  /// The format of the file at `path` by its first bytes; `nil` if they tell none.
  static func signed(_ head: FileHead) -> ForeignFormat? { all.first { $0.hasSignature(head) } }

  /// The format of the file at `path` by its name; `nil` if that tells none.
  static func named(_ path: String) -> ForeignFormat? {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: ".") else { return nil }
    let ending = name[name.index(after: dot)...].lowercased()
    return all.first { $0.extensions.contains(ending) }
  }

  /// The refusal of a file of this format.
  func refusal(of path: String) -> EspalierError {
    EspalierError(.file, path, "is \(description), not an ONNX model", remedy: remedy(path))
  }
}

/// The beginning of a file.
struct FileHead {
  /// The number of bytes looked at.
  static let longest = 1 << 16

  private let bytes: ArraySlice<UInt8>

  /// The head of a file with these first bytes.
  init(_ bytes: some Collection<UInt8>) { self.bytes = ArraySlice(bytes.prefix(Self.longest)) }

  /// Whether `text` stands at `offset`.
  func has(_ text: String, at offset: Int = 0) -> Bool { bytes.dropFirst(offset).starts(with: text.utf8) }

  /// Whether `start` stands at the beginning.
  func starts(_ start: [UInt8]) -> Bool { bytes.starts(with: start) }

  /// Whether `text` stands anywhere. Complexity: O(bytes looked at).
  func contains(_ text: String) -> Bool {
    let wanted = Array(text.utf8)
    guard let first = wanted.first, bytes.count >= wanted.count else { return false }
    return (bytes.startIndex...bytes.endIndex - wanted.count).contains { start in
      bytes[start] == first && bytes[start...].starts(with: wanted)
    }
  }

  /// Whether the file is a zip archive.
  var isZip: Bool { has("PK\u{3}\u{4}") }
}
