import EspalierFiles
import OrderedCollections
import SwiftProtobuf

/// Runs `body`, and adds `place` to the error if it fails.
func within<Result>(
  _ place: @autoclosure () -> String, _ body: () throws(EspalierError) -> Result
) throws(EspalierError) -> Result {
  do {
    return try body()
  } catch {
    throw error.within(place())
  }
}

extension Message {
  /// Rejects fields unknown to the schema, which would be lost when the model is written again.
  func requireKnownFields(_ name: String) throws(EspalierError) {
    guard unknownFields.data.isEmpty else {
      throw EspalierError(
        .file, name, "has fields that ONNX does not define",
        remedy: "if the file is ONNX at all, it is from a newer version than \(ONNXFile.formatVersions.upperBound)")
    }
  }
}

/// Rejects contents of a file that ``Model`` cannot represent.
func refuse(
  _ present: Bool, _ kind: EspalierError.Kind, _ subject: String, _ fault: String, remedy: String? = nil
) throws(EspalierError) {
  if present { throw EspalierError(kind, subject, fault, remedy: remedy) }
}

extension OrderedDictionary<String, String> {
  /// The key-value text of a file, in its order.
  init(decoding entries: [Onnx_StringStringEntryProto]) throws(EspalierError) {
    self.init(minimumCapacity: entries.count)
    for entry in entries {
      try entry.requireKnownFields("metadata \"\(entry.key)\"")
      guard updateValue(entry.value, forKey: entry.key) == nil else {
        throw EspalierError(.file, "metadata \"\(entry.key)\"", "is given twice")
      }
    }
  }

  /// The key-value text in the format of a file.
  var entries: [Onnx_StringStringEntryProto] {
    map { key, value in .with { ($0.key, $0.value) = (key, value) } }
  }
}
