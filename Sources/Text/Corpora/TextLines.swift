import EspalierFiles

/// The lines of a text file, optionally compressed with gzip.
package struct TextLines: Sendable {
  /// Each line with its number, from 1.
  package let numbered: [(number: Int, line: String)]

  /// Reads the whole file at `path`; text after the last line break is a line unless it is empty.
  ///
  /// - Throws: `EspalierError` if the file cannot be read, or with the number of a line that is not UTF-8.
  package init(_ path: String) throws(EspalierError) {
    var bytes = try FileContents.read(path)
    if bytes.starts(with: [0x1F, 0x8B]) { bytes = try Gzip.inflate(path) }
    var numbered: [(number: Int, line: String)] = []
    for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      let own = line.last == 0x0D ? line.dropLast() : line
      guard let text = String(validating: own, as: UTF8.self) else {
        throw EspalierError(.file, "\(path), line \(index + 1)", "is not UTF-8", remedy: "save the file as UTF-8")
      }
      numbered.append((index + 1, text))
    }
    if numbered.last?.line.isEmpty == true { numbered.removeLast() }
    self.numbered = numbered
  }
}
