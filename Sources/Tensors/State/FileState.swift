import EspalierFiles
import Foundation

/// A value from which a long job is continued: read from its file, it equals the value written, bit for bit.
///
/// The file has the format `safetensors`. Its tensors are those of the value, named by their paths in it
/// (`optimizer/velocity/fc.weight`). Its metadata hold the kind of the state, its format version, the rest of the value
/// as JSON, and a checksum (CRC-32) over everything. Arrays of numbers become tensors by ``Stored``.
package protocol FileState: Codable, Sendable {
  /// The name of the kind in messages and in the file: "training state".
  static var kind: String { get }
  /// The format version, counted from 1; files of other versions are rejected.
  static var version: Int { get }
}

extension FileState {
  /// Writes the state to `path`; the file is written whole or not at all. Equal states give equal bytes.
  ///
  /// - Throws: `EspalierError` if the file cannot be written.
  /// - Complexity: one copy of the state in memory.
  package func write(to path: String) throws(EspalierError) {
    let collection = TensorCollection()
    let encoder = JSONEncoder.ofAllNumbers()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.userInfo[.tensors] = collection
    let text: String
    do { text = String(decoding: try encoder.encode(self), as: UTF8.self) } catch {
      throw EspalierError(.file, path, "cannot hold the \(Self.kind): \(error)")
    }
    let tensors = collection.all
    let checksum = StateHeader.checksum(kind: Self.kind, version: Self.version, text, tensors)
    try SafeTensors.write(
      tensors,
      metadata: StateHeader(kind: Self.kind, version: Self.version, text: text, checksum: checksum).metadata, to: path)
  }

  /// Reads a state written by ``write(to:)``.
  ///
  /// - Throws: `EspalierError` if the file holds another kind of state or another version, or is damaged.
  package init(contentsOf path: String) throws(EspalierError) {
    let file = try SafeTensors(path)
    guard let header = StateHeader(file.metadata) else {
      throw EspalierError(.file, path, "holds no state of a job", remedy: "give a file that holds a \(Self.kind)")
    }
    guard header.kind == Self.kind else {
      throw EspalierError(.file, path, "holds a \(header.kind), and a \(Self.kind) is needed")
    }
    guard header.version == Self.version else {
      throw EspalierError(
        .file,
        path, "holds a \(Self.kind) of version \(header.version), and version \(Self.version) is read",
        remedy: "continue it with the release that wrote it, or begin anew")
    }
    var tensors: TensorCollection.Tensors = [:]
    for name in file.entries.map(\.name).sorted() { tensors[name] = try file.tensor(name) }
    let checksum = StateHeader.checksum(kind: header.kind, version: header.version, header.text, tensors)
    guard checksum == header.checksum else {
      throw EspalierError(
        .file,
        path, "is damaged: it does not match its checksum", remedy: "take an earlier state, or begin anew")
    }
    let decoder = JSONDecoder.ofAllNumbers()
    decoder.userInfo[.tensors] = TensorCollection(tensors)
    do { self = try decoder.decode(Self.self, from: Data(header.text.utf8)) } catch {
      throw EspalierError(.file, path, "is damaged: it does not hold what a \(Self.kind) consists of")
    }
  }
}

/// The metadata of a state's file.
private struct StateHeader {
  let kind: String
  let version: Int
  let text: String
  let checksum: UInt32

  init(kind: String, version: Int, text: String, checksum: UInt32) {
    self.kind = kind
    self.version = version
    self.text = text
    self.checksum = checksum
  }

  /// The header in these entries; `nil` if one is missing.
  init?(_ metadata: [String: String]) {
    guard let kind = metadata["kind"], let version = metadata["version"].flatMap({ Int($0) }),
      let text = metadata["state"], let checksum = metadata["checksum"].flatMap({ UInt32($0, radix: 16) })
    else { return nil }
    self.init(kind: kind, version: version, text: text, checksum: checksum)
  }

  var metadata: [String: String] {
    ["kind": kind, "version": String(version), "state": text, "checksum": String(checksum, radix: 16)]
  }

  static func checksum(kind: String, version: Int, _ text: String, _ tensors: TensorCollection.Tensors) -> UInt32 {
    var checksum = Checksum()
    for part in [kind, String(version), text] { checksum.add(part) }
    for (name, tensor) in tensors {
      checksum.add("\(name) \(tensor.elementType) \(tensor.shape)")
      checksum.add(tensor.storage)
    }
    return checksum.value
  }
}
