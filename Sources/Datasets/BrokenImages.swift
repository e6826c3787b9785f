import EspalierFiles
import Synchronization

/// The images of a folder that could not be read, noted by whoever streams it.
final class BrokenImages: Sendable {
  private let faults = Mutex<[Int: EspalierError]>([:])
  private let directory: String
  private let count: Int

  /// None yet, of `count` images.
  init(of count: Int, in directory: String) {
    self.count = count
    self.directory = directory
  }

  /// How many may be broken: ten, or 1 in 100 where that is more, and never more than half.
  var most: Int { min(max(10, count / 100), count / 2) }

  /// Notes what is wrong with image `index`, once.
  /// - Throws: `EspalierError` where these are too many.
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

  /// What is wrong, in the order of the images.
  var all: [EspalierError] {
    faults.withLock { faults in faults.sorted { $0.key < $1.key }.map(\.value) }
  }
}
