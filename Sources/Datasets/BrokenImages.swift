import EspalierFiles
import Synchronization

/// The unreadable images of a folder, collected by its streams.
final class BrokenImages: Sendable {
  private let faults = Mutex<[Int: EspalierError]>([:])
  private let directory: String
  private let count: Int

  /// An empty collection for `count` images.
  init(of count: Int, in directory: String) {
    self.count = count
    self.directory = directory
  }

  /// The maximum number: ten, or 1 in 100 if that is more, but at most half.
  var most: Int { min(max(10, count / 100), count / 2) }

  /// Records the fault of image `index`, once.
  /// - Throws: `EspalierError` if there are too many.
  func note(_ fault: EspalierError, at index: Int) throws(EspalierError) {
    let found = faults.withLock { faults in
      faults[index] = fault
      return faults.count
    }
    guard found <= most else {
      throw EspalierError(
        .data, directory, "has too many images that cannot be read: \(found) of \(count), the last being \(fault)",
        remedy: "repair or remove them; up to \(most) are skipped")
    }
  }

  /// The faults, in the order of the images.
  var all: [EspalierError] {
    faults.withLock { faults in faults.sorted { $0.key < $1.key }.map(\.value) }
  }
}
