import EspalierFiles

/// Rows grouped by equal values of one of their features, as those of a LIBSVM file, which has no columns, by an index.
package final class FeatureGroups: RowReader {
  private let base: any RowReader
  private let feature: Int
  private var numbers: [Double: Int] = [:]

  /// The rows of `base` with the number of their group, in order of appearance.
  package init(of base: any RowReader, by feature: Int) {
    (self.base, self.feature) = (base, feature)
  }

  package func next(atMost count: Int) throws(EspalierError) -> Rows? {
    guard var rows = try base.next(atMost: count) else { return nil }
    for row in 0..<rows.count {
      var value = 0.0
      rows.forEachFeature(of: row) { if $0 == feature { value = $1 } }
      let number = numbers[value] ?? numbers.count
      numbers[value] = number
      rows.clusters.append(number)
    }
    return rows
  }

  /// The values of the groups so far.
  package var clusterNames: [String] {
    numbers.sorted { $0.value < $1.value }.map { SparseTextSource.name($0.key) }
  }

  package var droppedCount: Int { base.droppedCount }
}
