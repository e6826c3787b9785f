import EspalierFiles
import OrderedCollections
import SwiftProtobuf

/// Runs `body`; where it fails, the error also says that it happened within `place`.
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
  /// Refuses fields that the schema does not know: they would be lost when the model is written again.
  func requireKnownFields(_ name: String) throws(EspalierError) {
    guard unknownFields.data.isEmpty else {
      throw EspalierError(
        .file, name, "has fields that ONNX does not define",
        remedy: "if the file is ONNX at all, it is from a newer version than \(ONNXFile.formatVersions.upperBound)")
    }
  }
}

/// Refuses what the file says and ``Model`` cannot hold.
func refuse(
  _ present: Bool, _ kind: EspalierError.Kind, _ subject: String, _ fault: String, remedy: String? = nil
) throws(EspalierError) {
  if present { throw EspalierError(kind, subject, fault, remedy: remedy) }
}

extension OrderedDictionary<String, String> {
  /// The named texts of a file, in its order.
  init(decoding entries: [Onnx_StringStringEntryProto]) throws(EspalierError) {
    self.init(minimumCapacity: entries.count)
    for entry in entries {
      try entry.requireKnownFields("metadata \"\(entry.key)\"")
      guard updateValue(entry.value, forKey: entry.key) == nil else {
        throw EspalierError(.file, "metadata \"\(entry.key)\"", "is given twice")
      }
    }
  }

  /// The named texts as a file holds them.
  var entries: [Onnx_StringStringEntryProto] {
    map { key, value in .with { ($0.key, $0.value) = (key, value) } }
  }
}
