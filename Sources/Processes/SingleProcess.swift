import Foundation

/// The group of this process alone.
package struct SingleProcess: ProcessGroup, Hashable {
  /// A group of one.
  package init() {}

  /// The only rank.
  package var rank: Int { 0 }
  /// One process.
  package var count: Int { 1 }

  /// Copies the one part.
  package func exchange(
    _ bytes: UnsafeRawBufferPointer, _ sizes: [Int], into received: UnsafeMutableRawBufferPointer
  ) {
    received.copyMemory(from: bytes)
  }

  /// Does nothing: all is there.
  package func gather(_ bytes: UnsafeMutableRawBufferPointer, _ sizes: [Int]) {}

  /// Does nothing: the bytes are those of rank 0.
  package func broadcast(_ bytes: UnsafeMutableRawBufferPointer) {}

  /// Returns at once.
  package func barrier() {}

  /// Returns at once.
  package func finish() {}

  /// Ends the process.
  package func abort(code: Int32) -> Never { exit(code) }
}
