import EspalierFiles
import EspalierProximalPoint
import EspalierTables

/// The rows of a fit in blocks, with their own weights and clusters, read as often as needed.
struct InferenceRows {
  /// A block of rows.
  struct Block {
    /// The examples, their features scaled.
    let examples: TableExamples
    /// The number of the cluster of each row; empty without clusters.
    let clusters: [Int]
  }

  /// The number of rows of a block.
  private static let size = 8192

  private let source: any RowSource
  private let fit: Fit
  private let scaling: FeatureScaling

  /// The rows of `source`.
  init(_ source: any RowSource, of fit: Fit, _ scaling: FeatureScaling) {
    (self.source, self.fit, self.scaling) = (source, fit, scaling)
  }

  /// Calls `body` with block after block.
  ///
  /// - Throws: `EspalierError` if a row is invalid.
  func forEachBlock(_ body: (Block) -> Void) throws(EspalierError) {
    let reader = try source.reader()
    while let rows = try reader.next(atMost: Self.size) {
      // Weights are not divided by their mean: information grows with their sum.
      let examples = try TableExamples(
        rows, family: fit.family, intercept: fit.options.intercept, scaling: scaling, meanWeight: 1)
      body(Block(examples: examples, clusters: rows.clusters))
    }
  }
}
