import EspalierFiles

/// A file of named tensors in the format `safetensors`; tensors are read one at a time.
///
/// Format: the length of the header in eight bytes, little-endian; the header, a JSON object with type, shape and
/// offsets of each tensor; the tensors' bytes, little-endian, without gaps (huggingface.co/docs/safetensors). Opening
/// reads the header; a tensor costs its own bytes.
package struct SafeTensors: Sendable {
  /// The header's entry for each tensor, in the order of the bytes.
  package let entries: [Entry]
  /// The metadata of the file, by name.
  package let metadata: [String: String]

  private let source: any ByteSource
  private let places: [String: Int]

  /// One tensor of a file.
  package struct Entry: Hashable, Sendable {
    /// The name.
    package let name: String
    /// The element type.
    package let elementType: ElementType
    /// The shape.
    package let shape: Shape
    /// The offset of the bytes in the file.
    package let offset: Int
    /// The number of bytes.
    package let byteCount: Int
  }

  /// Opens the file at `path`.
  /// - Throws: `EspalierError` if the file is of another format, truncated or damaged.
  package init(_ path: String) throws(EspalierError) {
    try self.init(reading: RandomAccessFile(path))
  }

  /// The tensors in `source`; reads the header and checks it against the size of the source.
  package init(reading source: any ByteSource) throws(EspalierError) {
    let header = try SafeTensorsHeader(reading: source)
    self.source = source
    entries = header.entries
    metadata = header.metadata
    places = Dictionary(uniqueKeysWithValues: entries.indices.map { [entries] in (entries[$0].name, $0) })
  }

  /// The entry of the tensor called `name`; `nil` if there is none.
  package subscript(name: String) -> Entry? { places[name].map { entries[$0] } }

  /// The tensor called `name`, in its stored type.
  /// - Throws: `EspalierError` if there is none, or its bytes cannot be read.
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

  /// The tensor called `name` in single precision, for any stored real type.
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

  /// The format's codes for the element types it shares with ONNX.
  static let codes: [String: ElementType] = [
    "F16": .float16, "BF16": .bfloat16, "F32": .float32, "F64": .float64, "I8": .int8, "I16": .int16, "I32": .int32,
    "I64": .int64, "U8": .uint8, "U16": .uint16, "U32": .uint32, "U64": .uint64, "BOOL": .bool,
  ]
}
