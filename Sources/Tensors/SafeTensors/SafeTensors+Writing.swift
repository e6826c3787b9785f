import EspalierFiles
import OrderedCollections

extension SafeTensors {
  /// Writes `tensors` to `path`; the file is written whole or not at all.
  ///
  /// Types of larger elements come first, so that every tensor is aligned; otherwise the order is kept.
  /// - Throws: `EspalierError` for text and complex numbers, which the format does not support, and if the file cannot
  ///   be written.
  package static func write(
    _ tensors: OrderedDictionary<String, Tensor>, metadata: [String: String] = [:], to path: String
  ) throws(EspalierError) {
    var members: [String] = []
    if !metadata.isEmpty {
      let pairs = metadata.sorted { $0.key < $1.key }.map { "\(JSONValue.quoted($0)):\(JSONValue.quoted($1))" }
      members.append("\"__metadata__\":{\(pairs.joined(separator: ","))}")
    }
    let ordered = tensors.enumerated().sorted {
      let sizes = ($0.element.value.elementType.byteCount ?? 0, $1.element.value.elementType.byteCount ?? 0)
      return sizes.0 != sizes.1 ? sizes.0 > sizes.1 : $0.offset < $1.offset
    }.map(\.element)
    var position = 0
    for (name, tensor) in ordered {
      guard let code = codes.first(where: { $0.value == tensor.elementType })?.key else {
        throw EspalierError(
          .file, "\(path), tensor \"\(name)\"",
          "cannot be written: the format has no element type \(tensor.elementType)",
          remedy: "convert it to float32")
      }
      let end = position + tensor.byteCount
      let sizes = tensor.shape.map(String.init).joined(separator: ",")
      members.append(
        "\(JSONValue.quoted(name)):{\"dtype\":\"\(code)\",\"shape\":[\(sizes)],\"data_offsets\":[\(position),\(end)]}")
      position = end
    }
    var header = Array("{\(members.joined(separator: ","))}".utf8)
    header += repeatElement(UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
    let length = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
    try AtomicFile.write([(path, [.memory(length), .memory(header)] + ordered.map(\.value.storage))])
  }
}
