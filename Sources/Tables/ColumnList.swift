import EspalierFiles

/// Names separated by commas, as on a command line: `a,b c,"price, EUR"`.
///
/// Names with commas or quotes stand in quotes, as in the header of a CSV file (RFC 4180).
package enum ColumnList {
  /// The names in `text`, without empty ones.
  /// - Throws: `EspalierError` if a quote is not closed.
  package static func parse(_ text: String, of option: String) throws(EspalierError) -> [String] {
    let reader = try DelimitedReader(ByteReader(BytesInMemory(Array(text.utf8), subject: option)))
    do throws(EspalierError) {
      guard try reader.next() else { return [] }
    } catch {
      throw EspalierError(.argument, option, "\(text) \(error.fault)", remedy: error.remedy)
    }
    return (0..<reader.fieldCount).map(reader.text).filter { !$0.isEmpty }
  }

  /// A name as `parse` reads it.
  package static func quoted(_ name: String) -> String {
    guard name.contains(where: { ",\"\n\r".contains($0) }) else { return name }
    return "\"" + name.replacing("\"", with: "\"\"") + "\""
  }
}
