import EspalierDatasets
import EspalierFiles
import EspalierOperators
import EspalierTensors

/// The batches that a part of a network is trained or judged on: its inputs, and the targets of its points.
package struct PartBatches {
  /// The types of each batch's fields.
  package let types: [[String: TensorType]]
  private let fields: (Int) throws(EspalierError) -> [String: Tensor]

  /// Batches of these types, whose fields `fields` reads.
  package init(
    types: [[String: TensorType]], fields: @escaping (Int) throws(EspalierError) -> [String: Tensor]
  ) {
    self.types = types
    self.fields = fields
  }

  /// The number of batches.
  package var count: Int { types.count }

  /// The batch at `index`. Values inside a network may have other first axes than the batch, so it has no indices.
  func batch(at index: Int) throws(EspalierError) -> Batch {
    var batch = Batch([:], labels: nil, indices: [])
    batch.fields = try fields(index)
    return batch
  }

  /// The types of the largest batch.
  var largest: [String: TensorType] {
    types.max { first, second in
      first.values.reduce(0) { $0 + $1.byteCount } < second.values.reduce(0) { $0 + $1.byteCount }
    } ?? [:]
  }
}
