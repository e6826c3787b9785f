import EspalierExecution
import EspalierFiles
import EspalierOperators
import EspalierTensors

/// Batches of named values, in memory up to a budget and beyond it in a temporary file.
package struct ActivationBatches {
  /// The budget: enough that most jobs read no file.
  package static let standardBudget = 256 << 20

  /// The types of the values of each batch.
  package private(set) var types: [[String: TensorType]] = []
  private var stored: StoredActivations

  /// No batches yet.
  package init(budget: Int = standardBudget) {
    stored = StoredActivations(budget: budget)
  }

  /// The number of batches.
  package var count: Int { types.count }

  /// The number of samples, the first axis of a batch's values.
  package var sampleCount: Int { types.reduce(0) { $0 + ($1.values.map { $0.shape.first ?? 1 }.max() ?? 0) } }

  /// The values of the batch at `index`.
  ///
  /// - Throws: `EspalierError` if the temporary file cannot be read.
  package func batch(at index: Int) throws(EspalierError) -> [String: Tensor] {
    try stored.batch(at: index).values.mapValues { $0.tensor() }
  }

  /// Appends a batch.
  ///
  /// - Throws: `EspalierError` if the disk is full.
  package mutating func append(_ values: [String: Tensor]) throws(EspalierError) {
    types.append(values.mapValues(TensorType.init(of:)))
    try stored.append(Self.stored(values))
  }

  /// Replaces each batch in turn by what `body` makes of its index.
  ///
  /// - Throws: `EspalierError` of `body`, of kind `interrupted` after a signal, or if the disk is full.
  package mutating func replaceAll(
    _ body: (Int) throws(EspalierError) -> [String: Tensor]
  ) throws(EspalierError) {
    stored.beginPass()
    for index in types.indices {
      try Interruption.check()
      let values = try body(index)
      types[index] = values.mapValues(TensorType.init(of:))
      try stored.replace(at: index, by: Self.stored(values))
    }
  }

  private static func stored(_ values: [String: Tensor]) -> StoredActivationBatch {
    StoredActivationBatch(
      values: values.mapValues(StoredValue.init), origin: [:],
      sampleCount: values.sampleCount)
  }
}
