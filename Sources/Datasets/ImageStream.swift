import EspalierFiles
import EspalierThreading

/// The images of a folder in some order: full batches of those that can be read.
final class ImageStream: BatchStream {
  /// The maximum number of images prepared ahead, however large a batch is.
  private static let mostReady = 256

  private let folder: ImageFolder
  private let batchSize: Int
  private var left: Int
  private let prefetcher: Prefetcher<(index: Int, sample: Result<[Float], EspalierError>)>

  init(_ folder: ImageFolder, order: [Int], epoch: Int, batchSize: Int) {
    precondition(batchSize > 0, "a batch has at least one sample")
    self.folder = folder
    self.batchSize = batchSize
    left = order.count
    let window = min(order.count, batchSize, Self.mostReady) + 2 * folder.threads
    prefetcher = Prefetcher(count: order.count, window: window, threads: folder.threads) {
      (order[$0], folder.sample(order[$0], epoch: epoch))
    }
  }

  func next() throws(EspalierError) -> Batch? {
    var (bytes, indices): ([UInt8], [Int]) = ([], [])
    let sampleByteCount = MemoryLayout<Float>.size * folder.sampleShape.elementCount
    bytes.reserveCapacity(min(batchSize, left) * sampleByteCount)
    while indices.count < batchSize, let (index, sample) = prefetcher.next() {
      left -= 1
      switch sample {
      case .success(let numbers):
        numbers.withUnsafeBytes { bytes.append(contentsOf: $0) }
        indices.append(index)
      case .failure(let fault):
        try folder.skip(index, fault)
      }
    }
    return indices.isEmpty ? nil : folder.batch(bytes, indices: indices)
  }
}
