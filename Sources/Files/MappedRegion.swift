import Foundation
import SystemPackage

/// A part of a file in the address space, read-only: its bytes are read from the disk when they are used, and take no
/// memory of the process between two uses.
///
/// The file may be removed, or replaced by ``AtomicFile``: the region keeps the old contents. A process that cuts the
/// file short in place ends this one with an error (``UnfinishedFiles/removeOnSignals()``).
package final class MappedRegion: Sendable {
  /// The number of bytes.
  package let count: Int
  /// The first byte.
  private nonisolated(unsafe) let start: UnsafeRawPointer
  /// The pages that hold the region.
  private nonisolated(unsafe) let pages: UnsafeMutableRawBufferPointer

  /// The `count` bytes of `file` from `offset` on, which must lie in the file; `nil` if they cannot be mapped. The file
  /// may be closed afterwards.
  init?(_ file: FileDescriptor, at offset: Int, count: Int) {
    let margin = offset % Int(getpagesize())
    guard count > 0,
      let address = mmap(nil, margin + count, PROT_READ, MAP_PRIVATE, file.rawValue, off_t(offset - margin)),
      address != MAP_FAILED
    else { return nil }
    pages = UnsafeMutableRawBufferPointer(start: address, count: margin + count)
    start = UnsafeRawPointer(address + margin)
    self.count = count
  }

  deinit { munmap(pages.baseAddress, pages.count) }

  /// Calls `body` with the bytes, and lets go of their memory. Several threads may do so at once.
  func withUnsafeBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    defer { madvise(pages.baseAddress, pages.count, MADV_DONTNEED) }
    return try body(UnsafeRawBufferPointer(start: start, count: count))
  }
}
