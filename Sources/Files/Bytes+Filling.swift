extension Array where Element == UInt8 {
  /// An array of `count` bytes that `fill` writes, every one of them, without zeroing them first.
  ///
  /// Inlined, so that loops within `fill` are compiled where their element types are known.
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
}
