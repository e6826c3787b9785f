import EspalierFiles
import Foundation

/// JSON results for programs: equal values give equal bytes.
///
/// Keys are sorted, lines indented, slashes not escaped, and the text ends in a newline. JSON has no non-finite
/// numbers, so these become the strings `"NaN"`, `"Infinity"` and `"-Infinity"`, which keeps a diverged fit visible.
package enum JSONReport {
  /// The JSON text of a value, as UTF-8.
  ///
  /// - Throws: `EspalierError`, an internal one, if the value's own `encode(to:)` throws.
  package static func data(_ value: some Encodable) throws(EspalierError) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return try encoded(value, by: encoder) + Data("\n".utf8)
  }

  /// A value as one line of JSON, without a newline.
  ///
  /// - Throws: `EspalierError`, an internal one, if the value's own `encode(to:)` throws, or a number is not finite.
  package static func line(_ value: some Encodable) throws(EspalierError) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoded(value, by: encoder), as: UTF8.self)
  }

  /// Writes a value to a file atomically; to standard output if `path` is `-`.
  ///
  /// - Throws: `EspalierError` if the file cannot be written, or as ``data(_:)`` does.
  package static func write(_ value: some Encodable, to path: String) throws(EspalierError) {
    try TextOutput.write(data(value), to: path)
  }

  /// Reads a value that ``write(_:to:)`` wrote.
  ///
  /// - Throws: `EspalierError` if the file cannot be read, or holds something else.
  package static func read<Value: Decodable>(_ type: Value.Type, from path: String) throws(EspalierError) -> Value {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    let data = Data(try FileContents.read(path))
    guard let value = try? decoder.decode(type, from: data) else {
      throw EspalierError(
        .file, path, "is not the results of this experiment", remedy: "remove it, or name another folder")
    }
    return value
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

/// The output of text reports.
enum TextOutput {
  /// Writes to a file atomically; to standard output if `path` is `-`.
  static func write(_ data: Data, to path: String) throws(EspalierError) {
    guard path == "-" else { return try AtomicFile.write(data, to: path) }
    try StandardOutput.write(data)
  }
}
