import EspalierFiles

/// The treatment of levels that did not occur when the model was fitted.
package enum UnknownLevels: String, Sendable, CaseIterable {
  /// The file is refused, with line and column.
  case refuse
  /// All indicators of the column are zero, as for its reference level.
  case zero
}

/// The rows of a table as numbers.
package struct TableSource: RowSource {
  /// The target column, and the conversion of its values to numbers.
  package struct Target: Hashable, Sendable {
    /// The name of the column.
    package var column: String
    /// The conversion of its values to numbers.
    package var coding: TargetCoding

    /// A target column.
    package init(column: String, coding: TargetCoding) {
      (self.column, self.coding) = (column, coding)
    }
  }

  /// The file.
  package let file: DelimitedFile
  /// The input columns.
  package let columns: [TableColumn]
  /// The features of the input columns.
  package let features: [FeatureSummary]
  /// The target.
  package let target: Target?
  /// Whether rows are stored sparse.
  package let isSparse: Bool
  /// Whether a column of levels is one feature, the index of the level, and not an indicator of each.
  let codesLevels: Bool

  let columnPositions: [Int]
  let targetPosition: Int?
  let offsetPosition: Int?
  let exposurePosition: Int?
  let weightsPosition: Int?
  private(set) var clusterPosition: Int?
  let missing: MissingValues
  let unknown: UnknownLevels
  /// The notation of numbers by position, for the target, offset, exposure and weight columns.
  let notations: [Int: NumberNotation]

  /// The rows of `file`, with columns looked up by name.
  /// - Throws: `EspalierError` if a column is missing.
  package init(
    _ file: DelimitedFile, columns: [TableColumn], features: [FeatureSummary] = [],
    notations: [Int: NumberNotation] = [:], target: Target? = nil,
    offset: String? = nil, exposure: String? = nil, weights: String? = nil, missing: MissingValues = .refuse,
    unknown: UnknownLevels = .refuse, isSparse: Bool = false, codesLevels: Bool = false
  ) throws(EspalierError) {
    func position(_ column: String?) throws(EspalierError) -> Int? {
      guard let column else { return nil }
      return try file.position(of: column)
    }
    self.file = file
    self.columns = columns
    self.features = features
    self.target = target
    self.missing = missing
    self.unknown = unknown
    self.isSparse = isSparse
    self.codesLevels = codesLevels
    self.notations = notations
    var positions: [Int] = []
    for column in columns { positions.append(try file.position(of: column.name)) }
    columnPositions = positions
    targetPosition = try position(target?.column)
    offsetPosition = try position(offset)
    exposurePosition = try position(exposure)
    weightsPosition = try position(weights)
  }

  /// The same rows with the number of their cluster: of equal texts in `column`.
  /// - Throws: `EspalierError` if there is no such column.
  package func clustered(by column: String) throws(EspalierError) -> TableSource {
    var result = self
    result.clusterPosition = try file.position(of: column)
    return result
  }

  /// The names of the features, in order.
  package var featureNames: [String] { codesLevels ? columns.map(\.name) : columns.flatMap(\.features) }

  /// The number of features of a row.
  var featureCount: Int { columns.reduce(0) { $0 + width(of: $1) } }

  private func width(of column: TableColumn) -> Int { codesLevels ? 1 : column.features.count }

  /// One encoder for each column.
  var encoders: [ColumnEncoder] {
    var encoders: [ColumnEncoder] = []
    var first = 0
    for (column, position) in zip(columns, columnPositions) {
      encoders.append(ColumnEncoder(column, at: position, firstFeature: first, self))
      first += width(of: column)
    }
    return encoders
  }

  /// A reader at the first row.
  package func reader() throws(EspalierError) -> any RowReader {
    try TableRowReader(self)
  }
}
