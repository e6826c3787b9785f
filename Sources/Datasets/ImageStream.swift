import Files

/// The images of a folder in some order, full batches of those that can be read.
final class ImageStream: BatchStream {
  private let folder: ImageFolder
  private let batchSize: Int
  private let prefetcher: Prefetcher<(index: Int, sample: Result<[Float], DataError>)>

  init(_ folder: ImageFolder, order: [Int], epoch: Int, batchSize: Int) {
    precondition(batchSize > 0, "a batch has at least one sample")
    self.folder = folder
    self.batchSize = batchSize
    prefetcher = Prefetcher(
      count: order.count, window: min(order.count, batchSize) + 2 * folder.threads, threads: folder.threads
    ) { (order[$0], folder.sample(order[$0], epoch: epoch)) }
  }

  func next() throws(DataError) -> Batch? {
    var (samples, indices): ([[Float]], [Int]) = ([], [])
    while indices.count < batchSize, let (index, sample) = prefetcher.next() {
      switch sample {
      case .success(let numbers):
        samples.append(numbers)
        indices.append(index)
      case .failure(let fault):
        try folder.skip(index, fault)
      }
    }
    return indices.isEmpty ? nil : folder.batch(samples, indices: indices)
  }
}
