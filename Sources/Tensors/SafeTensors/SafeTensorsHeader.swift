import EspalierFiles

/// The validated header of a file in the format `safetensors`.
struct SafeTensorsHeader {
  /// The format's limit on the size of a header, in bytes.
  private static let longest = 100_000_000

  private(set) var entries: [SafeTensors.Entry] = []
  private(set) var metadata: [String: String] = [:]

  init(reading source: any ByteSource) throws(EspalierError) {
    let subject = source.subject
    guard source.byteCount >= 8 else {
      throw EspalierError(
        .file, subject, "is not a safetensors file, or is truncated: it has \(source.byteCount) bytes")
    }
    var cursor = ByteCursor(try source.read(at: 0, count: 8))
    let claimed = cursor.little(UInt64.self) ?? 0
    guard claimed <= Self.longest else {
      throw EspalierError(.file, subject, "is not a safetensors file: its header would have \(claimed) bytes")
    }
    let length = Int(claimed)
    guard length <= source.byteCount - 8 else {
      throw EspalierError(
        .file, subject, "is truncated: its header has \(length) bytes, and only \(source.byteCount - 8) follow",
        remedy: "get the whole file")
    }
    let text = try source.read(at: 8, count: length)
    guard text.first == UInt8(ascii: "{") else {
      throw EspalierError(.file, subject, "is not a safetensors file: its header is no JSON object")
    }
    let members = try JSONValue(parsing: text, subject: "\(subject), header").members ?? []
    let room = source.byteCount - 8 - length
    var names: Set<String> = []
    for member in members {
      guard names.insert(member.name).inserted else {
        throw EspalierError(.file, subject, "has \"\(member.name)\" twice")
      }
      if member.name == "__metadata__" {
        metadata = try Self.metadata(member.value, subject: subject)
      } else {
        let place = "\(subject), tensor \"\(member.name)\""
        entries.append(try Self.entry(member, room: room, dataStart: 8 + length, subject: place))
      }
    }
    entries.sort { ($0.offset, $0.byteCount) < ($1.offset, $1.byteCount) }
    try checkOrder(from: 8 + length, to: source.byteCount, subject: subject)
  }

  /// Throws `EspalierError` unless the tensors follow one another without gaps from `start` to `end`.
  private func checkOrder(from start: Int, to end: Int, subject: String) throws(EspalierError) {
    var position = start
    for entry in entries {
      guard entry.offset == position else {
        let fault = entry.offset < position ? "overlaps the tensor before it" : "does not follow the tensor before it"
        throw EspalierError(
          .file, "\(subject), tensor \"\(entry.name)\"", fault, remedy: "the file is damaged: make it again")
      }
      position += entry.byteCount
    }
    guard position == end else {
      throw EspalierError(
        .file, subject, "has \(end - position) bytes that belong to no tensor",
        remedy: "the file is damaged: make it again")
    }
  }

  private static func metadata(_ value: JSONValue, subject: String) throws(EspalierError) -> [String: String] {
    guard let members = value.members else {
      throw EspalierError(.file, subject, "has metadata that are no JSON object")
    }
    var metadata: [String: String] = [:]
    for member in members {
      guard let text = member.value.string else {
        throw EspalierError(.file, subject, "has metadata \"\(member.name)\" that are no text")
      }
      metadata[member.name] = text
    }
    return metadata
  }

  /// The entry of `member`, with offsets relative to `dataStart`, which `room` bytes follow.
  private static func entry(
    _ member: JSONValue.Member, room: Int, dataStart: Int, subject: String
  ) throws(EspalierError) -> SafeTensors.Entry {
    let value = member.value
    guard let code = value["dtype"]?.string, let sizes = integers(value["shape"]),
      let offsets = integers(value["data_offsets"]), offsets.count == 2
    else {
      throw EspalierError(.file, subject, "lacks \"dtype\", \"shape\" or \"data_offsets\", or one of them is malformed")
    }
    guard let type = SafeTensors.codes[code], let size = type.byteCount else {
      throw EspalierError(
        .file, subject, "holds elements of type \(code), which is not supported",
        remedy: "convert it; supported are \(SafeTensors.codes.keys.sorted().joined(separator: ", "))")
    }
    guard let shape = Shape(checking: sizes), shape.rank <= 64 else {
      throw EspalierError(.file, subject, "claims the impossible shape \(sizes)")
    }
    let (begin, end) = (offsets[0], offsets[1])
    guard begin >= 0, begin <= end, end <= room else {
      throw EspalierError(
        .file, subject, "claims the bytes \(begin) to \(end), and \(room) are there",
        remedy: "it is truncated or damaged")
    }
    guard end - begin == shape.elementCount * size else {
      throw EspalierError(.file, subject, "has \(end - begin) bytes where its header says \(type) of shape \(shape)")
    }
    return SafeTensors.Entry(
      name: member.name, elementType: type, shape: shape, offset: dataStart + begin, byteCount: end - begin)
  }

  /// The elements of a JSON array of integers.
  private static func integers(_ value: JSONValue?) -> [Int]? {
    guard let elements = value?.elements else { return nil }
    let integers = elements.compactMap(\.integer)
    return integers.count == elements.count ? integers : nil
  }
}
