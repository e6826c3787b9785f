import EspalierFiles
import EspalierProximalPoint
import EspalierTables

/// Rows that are read anew as often as is asked, in blocks of whole batches.
struct StreamedRows: Sendable {
  /// Rows that are in memory at a time.
  private static let blockSize = 8192

  let source: any RowSource
  let fit: Fit
  let scaling: FeatureScaling?
  let features: [FeatureSummary]
  let count: Int
  let meanWeight: Double?

  /// How many coefficients there are.
  var dimension: Int { (features.count + (fit.options.intercept ? 1 : 0)) * fit.loss.predictorCount }

  /// Blocks of dense rows.
  var denseBlocks: ExampleBlocks<DenseRows> {
    ExampleBlocks { batch throws(EspalierError) in
      let next = try blocks(ofBatches: batch)
      return { () throws(EspalierError) in if case .dense(let rows)? = try next() { rows } else { nil } }
    }
  }

  /// Blocks of sparse rows.
  var sparseBlocks: ExampleBlocks<SparseRows> {
    ExampleBlocks { batch throws(EspalierError) in
      let next = try blocks(ofBatches: batch)
      return { () throws(EspalierError) in if case .sparse(let rows)? = try next() { rows } else { nil } }
    }
  }

  private func blocks(ofBatches batch: Int) throws(EspalierError) -> () throws(EspalierError) -> TableExamples? {
    let reader = try source.reader()
    let size = max(1, Self.blockSize / batch) * batch
    return { () throws(EspalierError) -> TableExamples? in
      guard let rows = try reader.next(atMost: size) else { return nil }
      return try TableExamples(
        rows, family: fit.family, intercept: fit.options.intercept, scaling: scaling, meanWeight: meanWeight)
    }
  }
}

/// Examples that are read anew as often as is asked, block by block.
struct ExampleBlocks<Features: FeatureRows> {
  /// Gives a block each time it is called; `nil` after the last.
  typealias Reader = () throws(EspalierError) -> Examples<Features>?

  private let open: (Int) throws(EspalierError) -> Reader

  /// Blocks that `open` reads from the first on, in multiples of a batch.
  init(_ open: @escaping (_ batch: Int) throws(EspalierError) -> Reader) {
    self.open = open
  }

  /// A reader at the first of blocks that are multiples of `batch`.
  func reader(ofBatches batch: Int = 1) throws(EspalierError) -> Reader { try open(batch) }
}
