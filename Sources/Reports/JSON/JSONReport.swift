import EspalierFiles
import Foundation

/// Results written for programs: the same value gives the same bytes.
///
/// Keys are sorted, lines indented, slashes not escaped, and the text ends in a newline. JSON has no numbers that are
/// not finite, so these become the strings `"NaN"`, `"Infinity"` and `"-Infinity"`; a diverged fit stays visible.
package enum JSONReport {
  /// The JSON text of a value, as UTF-8.
  ///
  /// - Throws: `EspalierError`, an internal one, where the value's own `encode(to:)` throws.
  package static func data(_ value: some Encodable) throws(EspalierError) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return try encoded(value, by: encoder) + Data("\n".utf8)
  }

  /// A value as one line of JSON, without its end.
  ///
  /// - Throws: `EspalierError`, an internal one, where the value's own `encode(to:)` throws, or a number is not finite.
  package static func line(_ value: some Encodable) throws(EspalierError) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoded(value, by: encoder), as: UTF8.self)
  }

  /// Writes a value to a file, which appears whole or not at all; to standard output when `path` is `-`.
  ///
  /// - Throws: `EspalierError` where the file cannot be written, and what ``data(_:)`` throws.
  package static func write(_ value: some Encodable, to path: String) throws(EspalierError) {
    try TextOutput.write(data(value), to: path)
  }

  private static func encoded<Value: Encodable>(
    _ value: Value, by encoder: JSONEncoder
  ) throws(EspalierError) -> Data {
    do {
      return try encoder.encode(value)
    } catch {
      throw EspalierError(.internal, "\(Value.self)", "cannot be written as JSON: \(error)")
    }
  }
}

/// Where the text of a report goes.
enum TextOutput {
  /// Writes to a file, which appears whole or not at all; to standard output when `path` is `-`.
  static func write(_ data: Data, to path: String) throws(EspalierError) {
    guard path == "-" else { return try AtomicFile.write(data, to: path) }
    try StandardOutput.write(data)
  }
}
