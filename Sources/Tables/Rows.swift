import EspalierFiles

/// Some rows of numbers, with what is to be explained: what a solver takes.
package struct Rows: Sendable {
  /// The features of the rows.
  package enum Features: Sendable {
    /// Row by row, every value.
    case dense([Double])
    /// Compressed sparse rows: the values of row i, and their columns in order, are those from `starts[i]` up to
    /// `starts[i + 1]`.
    case sparse(starts: [Int], columns: [Int32], values: [Double])
  }

  /// How many features a row has.
  package let featureCount: Int
  /// The features.
  package internal(set) var features: Features
  /// What is to be explained, one number a row; empty where there is no target.
  package internal(set) var targets: [Double] = []
  /// The weights of the rows; empty where all are 1.
  package internal(set) var weights: [Double] = []
  /// What is added to the linear predictor; empty where nothing is.
  package internal(set) var offsets: [Double] = []
  /// How many rows there are.
  package internal(set) var count = 0

  /// No rows, of features that are stored dense or sparse.
  init(featureCount: Int, isSparse: Bool) {
    self.featureCount = featureCount
    features = isSparse ? .sparse(starts: [0], columns: [], values: []) : .dense([])
  }
}

/// Rows that can be read from the beginning as often as wanted.
package protocol RowSource: Sendable {
  /// The names of the features, in order.
  var featureNames: [String] { get }
  /// A reader at the first row.
  func reader() throws(EspalierError) -> any RowReader
}

/// Gives rows in order, a block at a time.
package protocol RowReader: AnyObject {
  /// The next rows, at most so many; `nil` after the last.
  func next(atMost count: Int) throws(EspalierError) -> Rows?
}

extension RowSource {
  /// All rows, in memory.
  /// - Throws: `EspalierError` where a row cannot be used, or there are none.
  package func readAll() throws(EspalierError) -> Rows? {
    try reader().next(atMost: .max)
  }
}

/// Rows that grow at the end.
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

  /// Makes room for so many rows, where they are dense.
  mutating func reserve(_ count: Int) {
    if !isSparse { dense.reserveCapacity(count * rows.featureCount) }
  }

  /// Begins a row, all of its features zero.
  mutating func beginRow() {
    rows.count += 1
    if !isSparse { dense.append(contentsOf: repeatElement(0, count: rows.featureCount)) }
  }

  /// Sets a feature of the last row; features of sparse rows come in order.
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
  mutating func endRow(target: Double?, weight: Double?, offset: Double?) {
    if isSparse { starts.append(values.count) }
    if let target { rows.targets.append(target) }
    if let weight { rows.weights.append(weight) }
    if let offset { rows.offsets.append(offset) }
  }

  /// The rows.
  consuming func finish() -> Rows {
    var result = rows
    result.features = isSparse ? .sparse(starts: starts, columns: columns, values: values) : .dense(dense)
    return result
  }
}
