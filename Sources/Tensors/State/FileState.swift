import EspalierFiles
import Foundation

/// A value that a long job is continued from: written to a file and read again, it is the same value, bit for bit.
///
/// The file is in the format `safetensors`. Its tensors are those of the value, called by their places in it
/// (`optimizer/velocity/fc.weight`). Its metadata say the kind of the state, the version of its form, all else of the
/// value as JSON, and a checksum (CRC-32) over everything. Arrays of numbers become tensors by ``Stored``.
package protocol FileState: Codable, Sendable {
  /// What messages and the file call such a value: "training state".
  static var kind: String { get }
  /// The version of the form in which it is written, counted from 1; another is not read.
  static var version: Int { get }
}

extension FileState {
  /// Writes the state to `path`, all of it or nothing. The same state gives the same bytes.
  ///
  /// - Throws: `EspalierError` where it cannot be written.
  /// - Complexity: one copy of the state in memory.
  package func write(to path: String) throws(EspalierError) {
    let collection = TensorCollection()
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: Numbers.infinity, negativeInfinity: Numbers.negativeInfinity, nan: Numbers.notANumber)
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

  /// Reads a state that ``write(to:)`` wrote.
  ///
  /// - Throws: `EspalierError` where the file holds another kind of state or another version of it, or is damaged.
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
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: Numbers.infinity, negativeInfinity: Numbers.negativeInfinity, nan: Numbers.notANumber)
    decoder.userInfo[.tensors] = TensorCollection(tensors)
    do { self = try decoder.decode(Self.self, from: Data(header.text.utf8)) } catch {
      throw EspalierError(.file, path, "is damaged: it does not hold what a \(Self.kind) consists of")
    }
  }
}

/// How JSON says what it has no numbers for.
private enum Numbers {
  static let infinity = "inf"
  static let negativeInfinity = "-inf"
  static let notANumber = "nan"
}

/// What the file of a state says beside its tensors.
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

  /// `nil` where one of the entries is missing.
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
      checksum.add(tensor.bytes)
    }
    return checksum.value
  }
}
