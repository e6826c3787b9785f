import CEspalierZlib

/// The CRC-32 of zip and gzip over bytes added in pieces. It detects damage, not tampering.
package struct Checksum: Sendable {
  /// The checksum of the bytes added so far.
  package private(set) var value: UInt32 = 0

  /// The checksum of no bytes.
  package init() {}

  /// Adds bytes.
  package mutating func add(_ bytes: [UInt8]) {
    value = bytes.withUnsafeBufferPointer {
      UInt32(truncatingIfNeeded: crc32_z(UInt(value), $0.baseAddress, $0.count))
    }
  }

  /// Adds bytes in memory or in a file.
  package mutating func add(_ bytes: ByteStorage) {
    value = bytes.withUnsafeBytes {
      UInt32(truncatingIfNeeded: crc32_z(UInt(value), $0.bindMemory(to: UInt8.self).baseAddress, $0.count))
    }
  }

  /// Adds a text and its length, so that the concatenation of two texts differs from the two in sequence.
  package mutating func add(_ text: String) {
    let bytes = Array(text.utf8)
    add(Array("\(bytes.count):".utf8) + bytes)
  }
}
