import EspalierFiles
import OrderedCollections

/// The location of a tensor's elements outside of the model's own file.
struct ExternalDataPlace: Hashable {
  /// The file, relative to the folder of the model.
  var location: String
  /// The offset of the first byte.
  var offset: Int
  /// The number of bytes; `nil` for the rest of the file.
  var length: Int?

  /// A location to write to.
  init(location: String, offset: Int, length: Int) {
    (self.location, self.offset, self.length) = (location, offset, length)
  }

  /// Reads the location from a file.
  ///
  /// It must be within the model's folder: an untrusted model must not read other files of the user.
  init(decoding entries: [Onnx_StringStringEntryProto]) throws(EspalierError) {
    let values = try OrderedDictionary(decoding: entries)
    location = values["location"] ?? ""
    let place = "external data \(location.debugDescription)"
    try refuse(location.isEmpty, .file, "external data", "has no location")
    let parts = location.split(separator: "/", omittingEmptySubsequences: false)
    guard !location.hasPrefix("/"), !parts.contains(".."), !location.utf8.contains(0) else {
      throw EspalierError(.file, place, "is outside of the model's folder", remedy: "put it beside the model")
    }
    func number(_ key: String) throws(EspalierError) -> Int? {
      guard let written = values[key] else { return nil }
      guard let number = Int(written), number >= 0 else {
        throw EspalierError(.file, place, "has the \(key) \(written.debugDescription), not a number")
      }
      return number
    }
    offset = try number("offset") ?? 0
    length = try number("length")
    if let key = values.keys.first(where: { !["location", "offset", "length"].contains($0) }) {
      throw EspalierError(
        .file, place, "has an entry \"\(key)\", which is not supported", remedy: "save the model anew without")
    }
  }

  /// The location in the format of a file.
  var entries: [Onnx_StringStringEntryProto] {
    var values: OrderedDictionary = ["location": location, "offset": String(offset)]
    if let length { values["length"] = String(length) }
    return values.entries
  }

  /// The bytes at this location, which must number `expected`: mapped if they are many and lie at a multiple of
  /// `alignment`.
  ///
  /// - Throws: `EspalierError` if the file is missing or too short, or a symbolic link leads out of the folder.
  func read(in folder: String?, expecting expected: Int, alignment: Int) throws(EspalierError) -> ByteStorage {
    guard let folder else {
      throw EspalierError(
        .file, "external data \"\(location)\"", "has no folder", remedy: "read the model from its file")
    }
    return try within("external data") { () throws(EspalierError) in
      let path = folder + "/" + location
      let size = try FileContents.size(path)
      guard FileIdentity.isFile(path, below: folder) else {
        throw EspalierError(
          .file, path, "leads out of the model's folder by a symbolic link", remedy: "put the file itself there")
      }
      guard offset <= size, (length ?? (size - offset)) <= size - offset else {
        throw EspalierError(
          .file, path, "has \(size) bytes, too few for the \(length ?? expected) at \(offset)",
          remedy: "get the whole file")
      }
      guard length ?? (size - offset) == expected else {
        throw EspalierError(.file, path, "has \(length ?? (size - offset)) bytes for a tensor that needs \(expected)")
      }
      return try FileContents.storage(path, at: offset, count: expected, alignment: alignment)
    }
  }
}
