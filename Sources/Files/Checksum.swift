import CEspalierZlib

/// The CRC-32 of bytes that come in pieces, as zip and gzip use it. It notices damage, not intent.
package struct Checksum: Sendable {
  /// The checksum of what was added so far.
  package private(set) var value: UInt32 = 0

  /// The checksum of nothing.
  package init() {}

  /// Adds bytes.
  package mutating func add(_ bytes: [UInt8]) {
    value = bytes.withUnsafeBufferPointer {
      UInt32(truncatingIfNeeded: crc32_z(UInt(value), $0.baseAddress, $0.count))
    }
  }

  /// Adds a text and how long it is, so that texts one after another are told from one that joins them.
  package mutating func add(_ text: String) {
    let bytes = Array(text.utf8)
    add(Array("\(bytes.count):".utf8) + bytes)
  }
}
