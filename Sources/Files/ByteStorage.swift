import Foundation

/// Bytes that do not change: in memory, or in a file that is mapped.
package enum ByteStorage: Sendable {
  /// Bytes in memory.
  case memory([UInt8])
  /// Bytes in a file.
  case mapped(MappedRegion)

  /// The number of bytes.
  package var count: Int {
    switch self {
    case .memory(let bytes): bytes.count
    case .mapped(let region): region.count
    }
  }

  /// The bytes in memory. Complexity: O(1), and a copy if they are mapped.
  package var bytes: [UInt8] {
    switch self {
    case .memory(let bytes): bytes
    case .mapped(let region): region.withUnsafeBytes { [UInt8]($0) }
    }
  }

  /// Whether the bytes take memory of the process.
  package var isInMemory: Bool { if case .memory = self { true } else { false } }

  /// Calls `body` with the bytes, without copying them.
  package func withUnsafeBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    switch self {
    case .memory(let bytes):
      try bytes.withUnsafeBufferPointer { (buffer) throws(Failure) in try body(UnsafeRawBufferPointer(buffer)) }
    case .mapped(let region): try region.withUnsafeBytes(body)
    }
  }
}

extension ByteStorage: Hashable {
  /// Whether both hold the same bytes.
  package static func == (one: ByteStorage, other: ByteStorage) -> Bool {
    switch (one, other) {
    case (.memory(let own), .memory(let others)): return own == others
    case (.mapped(let own), .mapped(let others)) where own === others: return true
    default:
      guard one.count == other.count, one.count > 0 else { return one.count == other.count }
      return one.withUnsafeBytes { own in
        other.withUnsafeBytes { memcmp(own.baseAddress!, $0.baseAddress!, own.count) == 0 }
      }
    }
  }

  /// Adds the bytes, at the speed of memory.
  package func hash(into hasher: inout Hasher) { withUnsafeBytes { hasher.combine(bytes: $0) } }
}
