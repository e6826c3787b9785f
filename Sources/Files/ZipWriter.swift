import Foundation

/// Builds a zip archive of stored entries in memory.
///
/// Equal entries give equal bytes: every entry is dated 1 January 1980, the earliest date of the format.
package struct ZipWriter: Sendable {
  private var archive = Data()
  private var directory = Data()
  private var entryCount = 0
  private let path: String

  /// A writer of an archive to be saved at `path`.
  package init(to path: String) {
    self.path = path
  }

  /// Adds an entry.
  /// - Throws: `EspalierError` if the archive would exceed the format's 4 GiB or 65,535 entries.
  package mutating func add(_ bytes: [UInt8], name: String) throws(EspalierError) {
    let nameBytes = Array(name.utf8)
    let total = archive.count + directory.count + bytes.count + 2 * nameBytes.count + 200
    guard total < UInt32.max, entryCount < UInt16.max, nameBytes.count < UInt16.max else {
      throw EspalierError(.file, path, "would be larger than a zip archive of 4 GiB", remedy: "write single .npy files")
    }
    let offset = archive.count
    // The fields from "version needed" to "extra field length", which both headers share.
    var shared = Data()
    shared.append(little: UInt16(20))
    shared.append(little: UInt16(0x0800))
    shared.append(little: UInt16(0))
    shared.append(little: UInt16(0))
    shared.append(little: UInt16(0x0021))
    shared.append(little: ZipArchive.checksum(bytes))
    shared.append(little: UInt32(bytes.count))
    shared.append(little: UInt32(bytes.count))
    shared.append(little: UInt16(nameBytes.count))
    shared.append(little: UInt16(0))
    archive.append(little: UInt32(0x0403_4B50))
    archive.append(shared)
    archive.append(contentsOf: nameBytes)
    archive.append(contentsOf: bytes)
    directory.append(little: UInt32(0x0201_4B50))
    directory.append(little: UInt16(20))
    directory.append(shared)
    directory.append(contentsOf: [UInt8](repeating: 0, count: 10))
    directory.append(little: UInt32(offset))
    directory.append(contentsOf: nameBytes)
    entryCount += 1
  }

  /// Writes the archive to its path; the file is written whole or not at all.
  package func write() throws(EspalierError) {
    var whole = archive
    whole.append(directory)
    whole.append(little: UInt32(0x0605_4B50))
    whole.append(little: UInt32(0))
    whole.append(little: UInt16(entryCount))
    whole.append(little: UInt16(entryCount))
    whole.append(little: UInt32(directory.count))
    whole.append(little: UInt32(archive.count))
    whole.append(little: UInt16(0))
    try AtomicFile.write(whole, to: path)
  }
}

extension Data {
  /// Appends an integer, least significant byte first.
  fileprivate mutating func append<Value: FixedWidthInteger>(little value: Value) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }
}
