extension Array where Element == UInt8 {
  /// An array of `count` bytes, all of them written by `fill`, without zeroing them first.
  ///
  /// Inlined, so that loops in `fill` are specialised for their element types.
  @inlinable
  package init<Failure: Error>(
    count: Int, filledBy fill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    var outcome = Result<Void, Failure>.success(())
    self.init(unsafeUninitializedCapacity: count) { buffer, initialized in
      do throws(Failure) {
        try fill(UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: count))
        initialized = count
      } catch {
        outcome = .failure(error)
      }
    }
    try outcome.get()
  }

  /// An array of at most `capacity` bytes: `fill` writes a prefix and returns its length.
  package init<Failure: Error>(
    upTo capacity: Int, filledBy fill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
  ) throws(Failure) {
    var count = 0
    try self.init(count: capacity) { buffer throws(Failure) in
      buffer.initializeMemory(as: UInt8.self, repeating: 0)
      count = try fill(buffer)
    }
    removeLast(capacity - count)
  }
}
