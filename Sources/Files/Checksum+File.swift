extension Checksum {
  /// The checksum of the file at `path`, read in pieces.
  ///
  /// - Throws: `EspalierError` if the file cannot be read.
  package init(ofFile path: String) throws(EspalierError) {
    self.init()
    let file = try RandomAccessFile(path)
    let piece = 1 << 20
    var offset = 0
    while offset < file.byteCount {
      let count = min(piece, file.byteCount - offset)
      add(try file.read(at: offset, count: count))
      offset += count
    }
  }

  /// The value as eight hexadecimal digits, as `crc32` prints it.
  package var text: String { Self.text(value) }

  /// A checksum as eight hexadecimal digits.
  package static func text(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
