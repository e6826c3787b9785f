import EspalierFiles

/// A file of named tensors in the format `safetensors`, of which one tensor at a time is read.
///
/// The format: eight bytes that say how long the header is, least significant first; the header, a JSON object that says type,
/// shape and place of each tensor; the tensors' bytes, little-endian, without gaps
/// (huggingface.co/docs/safetensors). Opening costs the header; a tensor costs its own bytes.
package struct SafeTensors: Sendable {
  /// What the header says of each tensor, in the order of the bytes.
  package let entries: [Entry]
  /// Whatever else the file says, by name.
  package let metadata: [String: String]

  private let source: any ByteSource
  private let places: [String: Int]

  /// One tensor of a file.
  package struct Entry: Hashable, Sendable {
    /// Its name.
    package let name: String
    /// The type of its elements.
    package let elementType: ElementType
    /// Its shape.
    package let shape: Shape
    /// Where its bytes begin in the file.
    package let offset: Int
    /// How many bytes it has.
    package let byteCount: Int
  }

  /// Opens the file at `path`.
  /// - Throws: `EspalierError` where it is no such file, or is truncated or damaged.
  package init(_ path: String) throws(EspalierError) {
    try self.init(reading: RandomAccessFile(path))
  }

  /// The tensors within `source`, whose header is read and checked against the bytes that are there.
  package init(reading source: any ByteSource) throws(EspalierError) {
    let header = try SafeTensorsHeader(reading: source)
    self.source = source
    entries = header.entries
    metadata = header.metadata
    places = Dictionary(uniqueKeysWithValues: entries.indices.map { [entries] in (entries[$0].name, $0) })
  }

  /// What the header says of the tensor called `name`; `nil` where there is none.
  package subscript(name: String) -> Entry? { places[name].map { entries[$0] } }

  /// The tensor called `name`, as it is stored.
  /// - Throws: `EspalierError` where there is none, or its bytes cannot be read.
  package func tensor(_ name: String) throws(EspalierError) -> Tensor {
    guard let entry = self[name] else {
      throw EspalierError(.file, source.subject, "has no tensor \"\(name)\"", remedy: "it has \(listed)")
    }
    var bytes = try source.read(at: entry.offset, count: entry.byteCount)
    if entry.elementType == .bool {
      for position in bytes.indices where bytes[position] > 1 { bytes[position] = 1 }
    }
    return Tensor(shape: entry.shape, elementType: entry.elementType, bytes: bytes)
  }

  /// The tensor called `name` in single precision, whatever real type it is stored in.
  /// - Throws: `EspalierError` as `tensor(_:)` does.
  package func floats(_ name: String) throws(EspalierError) -> Tensor {
    let stored = try tensor(name)
    guard stored.elementType != .float32, let floats = stored.floats() else { return stored }
    return Tensor(shape: stored.shape, floats)
  }

  /// The first names, for messages.
  private var listed: String {
    guard !entries.isEmpty else { return "none" }
    return entries.prefix(8).map(\.name).joined(separator: ", ") + (entries.count > 8 ? " and more" : "")
  }

  /// The format's names of the element types it shares with ONNX.
  static let codes: [String: ElementType] = [
    "F16": .float16, "BF16": .bfloat16, "F32": .float32, "F64": .float64, "I8": .int8, "I16": .int16, "I32": .int32,
    "I64": .int64, "U8": .uint8, "U16": .uint16, "U32": .uint32, "U64": .uint64, "BOOL": .bool,
  ]
}
