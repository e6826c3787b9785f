import EspalierFiles

/// Numeric rows with their targets: the input of a solver.
package struct Rows: Sendable {
  /// The features of the rows.
  package enum Features: Sendable {
    /// Row by row, every value.
    case dense([Double])
    /// Compressed sparse rows: row i has the `values`, and their ascending `columns`, at `starts[i] ..< starts[i + 1]`.
    case sparse(starts: [Int], columns: [Int32], values: [Double])
  }

  /// The number of features of a row.
  package let featureCount: Int
  /// The features.
  package internal(set) var features: Features
  /// The targets, one number a row; empty if there is no target.
  package internal(set) var targets: [Double] = []
  /// The weights of the rows; empty if all are 1.
  package internal(set) var weights: [Double] = []
  /// The offsets added to the linear predictor; empty if there are none.
  package internal(set) var offsets: [Double] = []
  /// The number of the cluster of each row, in order of appearance; empty if there are none.
  package internal(set) var clusters: [Int] = []
  /// The number of rows.
  package internal(set) var count = 0

  /// No rows, with features stored dense or sparse.
  init(featureCount: Int, isSparse: Bool) {
    self.featureCount = featureCount
    features = isSparse ? .sparse(starts: [0], columns: [], values: []) : .dense([])
  }
}

/// Rows that can be read from the start as often as needed.
package protocol RowSource: Sendable {
  /// The names of the features, in order.
  var featureNames: [String] { get }
  /// A reader at the first row.
  func reader() throws(EspalierError) -> any RowReader
}

/// Returns rows in order, a block at a time.
package protocol RowReader: AnyObject {
  /// The next rows, at most `count`; `nil` after the last.
  func next(atMost count: Int) throws(EspalierError) -> Rows?
  /// The names of the clusters of the rows so far, in the order of their numbers.
  var clusterNames: [String] { get }
  /// The number of rows left out so far because a value is missing.
  var droppedCount: Int { get }
}

extension RowReader {
  /// None.
  package var clusterNames: [String] { [] }

  /// None.
  package var droppedCount: Int { 0 }
}

extension RowSource {
  /// All rows, in memory; `nil` if there are none.
  /// - Throws: `EspalierError` if a row is invalid.
  package func readAll() throws(EspalierError) -> Rows? {
    try reader().next(atMost: .max)
  }
}

/// Builds rows one after another.
struct RowBuilder {
  private var rows: Rows
  private var dense: [Double] = []
  private var starts = [0]
  private var columns: [Int32] = []
  private var values: [Double] = []
  private let isSparse: Bool

  init(featureCount: Int, isSparse: Bool) {
    rows = Rows(featureCount: featureCount, isSparse: isSparse)
    self.isSparse = isSparse
  }

  var count: Int { rows.count }

  /// Reserves memory for `count` rows, if they are dense.
  mutating func reserve(_ count: Int) {
    if !isSparse { dense.reserveCapacity(count * rows.featureCount) }
  }

  /// Begins a row, all of its features zero.
  mutating func beginRow() {
    rows.count += 1
    if !isSparse { dense.append(contentsOf: repeatElement(0, count: rows.featureCount)) }
  }

  /// Sets a feature of the last row; in sparse rows, in ascending order.
  mutating func set(_ feature: Int, to value: Double) {
    if isSparse {
      guard value != 0 else { return }
      columns.append(Int32(truncatingIfNeeded: feature))
      values.append(value)
    } else {
      dense[dense.count - rows.featureCount + feature] = value
    }
  }

  /// Ends the row.
  mutating func endRow(target: Double?, weight: Double?, offset: Double?, cluster: Int? = nil) {
    if isSparse { starts.append(values.count) }
    if let target { rows.targets.append(target) }
    if let weight { rows.weights.append(weight) }
    if let offset { rows.offsets.append(offset) }
    if let cluster { rows.clusters.append(cluster) }
  }

  /// The rows.
  consuming func finish() -> Rows {
    var result = rows
    result.features = isSparse ? .sparse(starts: starts, columns: columns, values: values) : .dense(dense)
    return result
  }
}
