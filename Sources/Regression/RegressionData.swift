import EspalierFiles
import EspalierTables
import EspalierTensors

/// The rows of a file, and the results of the first pass over them.
package struct RegressionData: Sendable {
  /// The rows.
  package let source: any RowSource
  /// The features and their statistics.
  package let features: [FeatureSummary]
  /// The number of rows used.
  package let rowCount: Int
  /// The number of rows dropped because a value is missing.
  package let droppedCount: Int
  /// Constant columns, which are left out because the intercept replaces them.
  package let constantColumns: [String]
  /// Whether rows are stored sparse.
  package let isSparse: Bool
  /// The conversion of the target's values to numbers.
  package let coding: TargetCoding
  /// The names of the target's classes, in order; `nil` if it has none.
  package let classes: [String]?
  /// The mean of the weights; `nil` without weights.
  package let meanWeight: Double?
  /// Warnings about columns whose type may have been misjudged.
  package let doubts: [String]
  /// The source of a model's features.
  package let input: FittedModel.Input
  let keptRows: Rows?

  /// Reads a file once.
  ///
  /// - Parameter keepsRows: Whether all rows are kept in memory, so that ``readAll()`` need not read the file again.
  /// - Throws: `EspalierError` if the file holds an invalid value, or `roles` are given for a LIBSVM file.
  package init(
    _ file: DataFile, roles: ColumnRoles?, family: Family, missing: MissingValues, intercept: Bool,
    keepsRows: Bool = false
  ) throws(EspalierError) {
    switch file {
    case .table(let file):
      guard var roles else {
        throw EspalierError(
          .argument, file.input.subject, "is a table, and nobody said which column is to be explained",
          remedy: "name it: \(file.header.prefix(20).joined(separator: ", "))")
      }
      roles.targetKind = family.targetKind
      let survey = try TableSurvey(file, roles: roles, missing: missing, keepsValues: keepsRows)
      meanWeight = survey.meanWeight
      if let meanWeight, !(meanWeight > 0 && meanWeight.isFinite) { throw .weightsWithoutSum(meanWeight) }
      doubts = survey.doubts
      let source = try survey.source(intercept: intercept)
      self.source = source
      features = source.features
      rowCount = survey.rowCount
      droppedCount = survey.droppedCount
      constantColumns = intercept ? survey.constantColumns : []
      isSparse = source.isSparse
      coding = source.target?.coding ?? .number
      input = .table(source.columns)
      keptRows = survey.keptRows(of: source)
    case .sparse(let file):
      guard roles == nil else {
        throw EspalierError(
          .argument, file.input.subject, "is a LIBSVM file, whose lines say which is the target; it has no columns")
      }
      let source = try SparseTextSource(file, targetKind: family.targetKind, keepsRows: keepsRows)
      self.source = source
      (meanWeight, doubts) = (nil, [])
      features = source.features
      rowCount = source.rowCount
      droppedCount = 0
      constantColumns = []
      isSparse = true
      coding = source.coding
      input = .sparse(first: source.firstIndex, count: source.features.count)
      keptRows = source.keptRows
    }
    classes = coding.classes(family.targetKind)
  }

  /// The data of a formula's design.
  init(_ made: SurveyedDesign, _ survey: TableSurvey, classes: [String]?) {
    source = made.source
    features = made.features
    rowCount = survey.rowCount
    droppedCount = survey.droppedCount
    constantColumns = made.design.omitted
    isSparse = made.design.isSparse
    coding = made.coding
    self.classes = classes
    meanWeight = made.meanWeight
    doubts = survey.doubts
    input = .design(made.design)
    keptRows = made.keptRows
  }

  /// The same data with other weights.
  init(_ other: RegressionData, source: any RowSource, meanWeight: Double?, keptRows: Rows?) {
    self.source = source
    features = other.features
    rowCount = other.rowCount
    droppedCount = other.droppedCount
    constantColumns = other.constantColumns
    isSparse = other.isSparse
    coding = other.coding
    classes = other.classes
    self.meanWeight = meanWeight
    doubts = other.doubts
    input = other.input
    self.keptRows = keptRows
  }

  /// All rows, in memory.
  /// - Throws: `EspalierError` if a row is invalid, or the rows exceed the available memory.
  package func readAll() throws(EspalierError) -> Rows {
    if !isSparse {
      let bytes = Double(rowCount) * Double(features.count) * Double(MemoryLayout<Double>.size)
      // The solver scales a copy.
      try SystemMemory.check(
        2 * bytes, for: "the data", mostly: "\(rowCount) rows of \(features.count) features",
        remedy: "read them anew in each pass by --stream, or leave columns out")
    }
    if let keptRows { return keptRows }
    guard let rows = try source.readAll() else { throw EspalierError(.data, "the data", "have no rows") }
    return rows
  }
}
