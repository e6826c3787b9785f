import EspalierFiles

/// The rows of another source, changed block by block.
package struct TransformedSource: RowSource {
  /// A change of rows; the number is that of the rows before them.
  package typealias Transform = @Sendable (Rows, Int) throws(EspalierError) -> Rows

  /// The names of the features, in order.
  package let featureNames: [String]
  private let base: any RowSource
  private let transform: Transform

  /// The rows of `base`, changed.
  package init(_ base: any RowSource, featureNames: [String], _ transform: @escaping Transform) {
    self.base = base
    self.featureNames = featureNames
    self.transform = transform
  }

  /// A reader at the first row.
  package func reader() throws(EspalierError) -> any RowReader {
    Reader(base: try base.reader(), transform: transform)
  }

  private final class Reader: RowReader {
    private let base: any RowReader
    private let transform: Transform
    private var count = 0

    init(base: any RowReader, transform: @escaping Transform) {
      self.base = base
      self.transform = transform
    }

    var clusterNames: [String] { base.clusterNames }

    var droppedCount: Int { base.droppedCount }

    func next(atMost count: Int) throws(EspalierError) -> Rows? {
      guard let rows = try base.next(atMost: count) else { return nil }
      defer { self.count += rows.count }
      return try transform(rows, self.count)
    }
  }
}
