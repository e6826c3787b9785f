import EspalierDatasets
import EspalierFiles
import EspalierInputs
import EspalierOperators
import EspalierTensors

extension DatasetCalibration {
  /// The inputs divided into those to learn from and held-out ones, on which what was learnt is judged
  /// (``HeldOutSamples``).
  ///
  /// - Parameters:
  ///   - limit: The number of inputs used in all; `nil` for all.
  ///   - most: The largest number of held-out inputs.
  ///   - multiple: Both are multiples of this number: of the batch, if the network fixes it.
  package func divided(
    limit: Int? = nil, heldOutAtMost most: Int = HeldOutSamples.most, multiple: Int = 1
  ) -> (seen: DatasetCalibration, heldOut: DatasetCalibration?) {
    let samples = HeldOutSamples(of: dataset, limit: limit, multiple: multiple, atMost: most)
    return (taking(samples.seen), samples.heldOut.isEmpty ? nil : taking(samples.heldOut))
  }

  /// `count` of the inputs at even distances, rounded down to a multiple; all if there are no more.
  package func thinned(to count: Int, multiple: Int) -> DatasetCalibration {
    let count = max(multiple, count / multiple * multiple)
    guard count < self.count else { return self }
    return taking((0..<count).map { $0 * self.count / count })
  }

  /// All inputs in batches of `size` in an order that follows from `seed`, those of similar length together if lengths
  /// differ. A last batch with fewer inputs is left out unless it is the only one.
  ///
  /// - Throws: `EspalierError` if the data cannot be read or holds nothing.
  package func stored(inBatchesOf size: Int, seed: UInt64) throws(EspalierError) -> ActivationBatches {
    var generator = SeededGenerator(seed: seed)
    let order = generator.permutation(count)
    let stream = try replacing(dataset.subset(order)).batches(of: size)
    var batches = ActivationBatches()
    while let batch = try stream.next() {
      let count = batch.sampleCount
      if count == size || batches.count == 0 { try batches.append(batch) }
    }
    guard batches.count > 0 else { throw EspalierError(.data, name, "has no sample that can be read") }
    return batches
  }

  /// The types of a batch of `count` inputs, of the greatest length if lengths differ.
  package func feedTypes(count: Int) -> [String: TensorType] { adapter.feeds(count: count) }
}
