/// A zip archive open for reading: stored and deflated entries, including 64-bit sizes.
///
/// Format: PKWARE's APPNOTE.TXT 6.3. The archive's directory is checked against the size of the file.
package struct ZipArchive: Sendable {
  /// A file in the archive.
  package struct Entry: Hashable, Sendable {
    /// The name.
    package var name: String
    /// The size in the archive, in bytes.
    package var compressedByteCount: Int
    /// The uncompressed size in bytes.
    package var byteCount: Int
    /// The CRC-32 of the uncompressed bytes.
    var checksum: UInt32
    /// The compression method: 0 for stored, 8 for deflated.
    var method: UInt16
    var isEncrypted: Bool
    var headerOffset: Int
  }

  /// The entries, in the order of the archive's directory.
  package let entries: [Entry]
  private let file: RandomAccessFile

  /// The number of bytes that are decompressed whatever the ratio.
  private static let alwaysInflated = 1 << 26
  /// The largest ratio at which more are: constant data alone exceed it.
  private static let trustedRatio = 200

  /// Opens the archive at `path` and reads its directory.
  package init(_ path: String) throws(EspalierError) {
    file = try RandomAccessFile(path)
    entries = try ZipDirectory.read(file)
  }

  /// The path of the archive.
  package var path: String { file.path }

  /// The bytes of an entry: a region of the file if stored, decompressed into memory if deflated.
  ///
  /// The checksum of a stored entry is not verified, so that it can be read in pieces; `contents(of:)` verifies it.
  package func source(of entry: Entry) throws(EspalierError) -> any ByteSource {
    let subject = "\(path), \(entry.name)"
    guard !entry.isEncrypted else { throw EspalierError(.file, subject, "is encrypted, which is not supported") }
    let region = try region(of: entry, subject: subject)
    switch entry.method {
    case 0:
      guard entry.byteCount == region.byteCount else {
        throw EspalierError(.file, subject, "is corrupt: its two sizes differ")
      }
      return region
    case 8:
      guard entry.byteCount / Gzip.largestRatio <= region.byteCount else {
        throw EspalierError(.file, subject, "is corrupt: it claims \(entry.byteCount) bytes from \(region.byteCount)")
      }
      guard entry.byteCount <= Self.alwaysInflated || entry.byteCount / Self.trustedRatio <= region.byteCount else {
        throw EspalierError(
          .file, subject, "claims \(entry.byteCount) bytes from \(region.byteCount), as no measured data do",
          remedy: "save it uncompressed if it is what it should be")
      }
      let stream = ByteReader(inflating: ByteReader(region), format: .bare)
      let bytes = try stream.readExactly(count: entry.byteCount)
      try stream.expectEnd()
      try check(bytes, of: entry)
      return BytesInMemory(bytes, subject: subject)
    default:
      throw EspalierError(
        .file, subject, "is compressed by method \(entry.method), and only stored and deflated entries are understood")
    }
  }

  /// The bytes of an entry; verifies the checksum.
  package func contents(of entry: Entry) throws(EspalierError) -> [UInt8] {
    let source = try source(of: entry)
    if let memory = source as? BytesInMemory { return memory.bytes }
    let bytes = try source.read(at: 0, count: source.byteCount)
    try check(bytes, of: entry)
    return bytes
  }

  private func region(of entry: Entry, subject: String) throws(EspalierError) -> ByteRegion {
    let damaged = EspalierError(.file, subject, "is corrupt: there is no entry where the archive's directory says")
    guard entry.headerOffset <= file.byteCount - 30 else { throw damaged }
    var header = ByteCursor(try file.read(at: entry.headerOffset, count: 30))
    guard header.little(UInt32.self) == 0x0403_4B50, header.take(22) != nil,
      let nameCount = header.little(UInt16.self), let extraCount = header.little(UInt16.self)
    else { throw damaged }
    return try ByteRegion(
      of: file, start: entry.headerOffset + 30 + Int(nameCount) + Int(extraCount), count: entry.compressedByteCount,
      subject: subject)
  }

  private func check(_ bytes: [UInt8], of entry: Entry) throws(EspalierError) {
    guard ZipArchive.checksum(bytes) == entry.checksum else {
      throw EspalierError(.file, "\(path), \(entry.name)", "is corrupt: its bytes do not match their checksum (CRC-32)")
    }
  }

  /// The CRC-32 of `bytes`, as in zip and gzip.
  package static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var checksum = Checksum()
    checksum.add(bytes)
    return checksum.value
  }
}
