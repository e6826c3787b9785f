/// Reads integers and runs of bytes from the front of an array; `nil` at its end.
package struct ByteCursor {
  private let bytes: ArraySlice<UInt8>
  private var position: Int

  /// A cursor at the first of `bytes`.
  package init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  /// A cursor at the first of `bytes`.
  package init(_ bytes: [UInt8]) {
    self.init(bytes[...])
  }

  /// The number of bytes left.
  package var remaining: Int { bytes.endIndex - position }

  /// The next `count` bytes.
  package mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count >= 0, count <= remaining else { return nil }
    defer { position += count }
    return bytes[position..<position + count]
  }

  /// The next integer, least significant byte first.
  package mutating func little<Value: FixedWidthInteger & UnsignedInteger>(_ type: Value.Type) -> Value? {
    take(Value.bitWidth / 8)?.reversed().reduce(0) { $0 << 8 | Value($1) }
  }

  /// The next integer, most significant byte first.
  package mutating func big<Value: FixedWidthInteger & UnsignedInteger>(_ type: Value.Type) -> Value? {
    take(Value.bitWidth / 8)?.reduce(0) { $0 << 8 | Value($1) }
  }
}
