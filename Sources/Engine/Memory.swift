/// A block of memory that lives as long as the object does. Zero at first.
final class Memory {
  let address: UnsafeMutableRawPointer

  /// Takes `byteCount` bytes on a boundary of 64.
  init(byteCount: Int) {
    address = .allocate(byteCount: max(byteCount, 1), alignment: ArenaLayout.alignment)
    address.initializeMemory(as: UInt8.self, repeating: 0, count: max(byteCount, 1))
  }

  deinit {
    address.deallocate()
  }
}
