import EspalierFiles
import EspalierProximalPoint
import EspalierTables

/// Rows that are read anew as often as needed, in blocks of whole batches.
struct StreamedRows: Sendable {
  /// The number of rows in memory at a time.
  private static let blockSize = 8192

  let source: any RowSource
  let fit: Fit
  let scaling: FeatureScaling?
  let features: [FeatureSummary]
  let count: Int
  let meanWeight: Double?

  /// The number of coefficients.
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

/// Examples that are read anew as often as needed, block by block.
struct ExampleBlocks<Features: FeatureRows> {
  /// Returns a block at each call; `nil` after the last.
  typealias Reader = () throws(EspalierError) -> Examples<Features>?

  private let open: (Int) throws(EspalierError) -> Reader

  /// Blocks of multiples of a batch; `open` starts reading at the first.
  init(_ open: @escaping (_ batch: Int) throws(EspalierError) -> Reader) {
    self.open = open
  }

  /// A reader at the first block, with block sizes that are multiples of `batch`.
  func reader(ofBatches batch: Int = 1) throws(EspalierError) -> Reader { try open(batch) }
}
