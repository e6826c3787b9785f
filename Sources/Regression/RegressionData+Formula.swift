import EspalierFiles
import EspalierTables

extension RegressionData {
  /// Reads a table once, and makes the features of a formula of it.
  ///
  /// - Parameters:
  ///   - roles: The roles of columns besides the formula; their target counts if the formula names none.
  ///   - trials: The column of the numbers of trials, of which the target counts the successes; `nil` for none.
  ///   - intercept: Whether there may be an intercept; the formula may leave it out.
  ///   - keepsRows: Whether all rows are kept in memory.
  /// - Throws: `EspalierError` if the file is not a table or holds an invalid value, or the formula does not fit it.
  package init(
    _ file: DataFile, formula: Formula, trials: String?, roles: ColumnRoles, family: Family, missing: MissingValues,
    intercept: Bool, keepsRows: Bool = false
  ) throws(EspalierError) {
    guard case .table(let file) = file else {
      throw EspalierError(.argument, "formula \"\(formula.text)\"", "is for tables, whose columns have names")
    }
    var roles = roles
    let counted = try formula.trials(trials, file)
    guard counted == nil || family.targetKind == .binary else {
      throw EspalierError(
        .argument, "successes in trials", "are for the binomial family", remedy: "choose --family binomial")
    }
    var expansion = try formula.expanded(formula.others(roles, counted, in: file))
    if !intercept { expansion = expansion.withoutIntercept }
    for name in expansion.columns where !file.header.contains(name) {
      throw EspalierError(
        .argument, "formula \"\(formula.text)\"", "names a column \"\(name)\", which \(file.input.subject) has not",
        remedy: "its columns are \(file.header.listed(atMost: 20))")
    }
    roles.columns = expansion.columns + (counted.map { [$0.column] } ?? [])
    roles.excluded = []
    roles.categorical += formula.declaredLevels.map(\.column)
    roles.targetKind = counted == nil ? family.targetKind : .number
    let survey = try TableSurvey(file, roles: roles, missing: missing, keepsValues: keepsRows)
    let made = try survey.design(expansion, text: formula.text, trials: counted)
    if let mean = made.meanWeight, !(mean > 0 && mean.isFinite) { throw .weightsWithoutSum(mean) }
    self.init(made, survey, classes: made.coding.classes(family.targetKind))
  }
}

extension Formula {
  /// The column of failures or trials, by the formula or by an option.
  fileprivate func trials(_ column: String?, _ file: DelimitedFile) throws(EspalierError) -> Trials? {
    let total = try column.map { (column) throws(EspalierError) in file.header[try file.position(of: column)] }
    guard case .successes(_, let failures) = response else { return total.map(Trials.total) }
    guard total == nil else {
      throw EspalierError(
        .argument, "formula \"\(text)\"", "names failures, so that trials are named twice", remedy: "leave out --trials"
      )
    }
    return .failures(file.header[try file.position(of: failures)])
  }

  /// The columns that `.` stands for: those without another role, here or in an offset.
  fileprivate func others(
    _ roles: ColumnRoles, _ trials: Trials?, in file: DelimitedFile
  ) throws(EspalierError) -> [String] {
    var taken: Set<Int> = []
    let named = [roles.target, roles.offset, roles.exposure, roles.weights, trials?.column].compactMap { $0 }
    for column in named + roles.excluded { taken.insert(try file.position(of: column)) }
    let offsets = Set(offsetColumns)
    return file.header.indices.filter { !taken.contains($0) && !offsets.contains(file.header[$0]) }
      .map { file.header[$0] }
  }
}
