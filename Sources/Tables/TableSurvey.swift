import EspalierFiles

/// The first pass over a table: the type of each column, its statistics, and the number of rows.
///
/// Memory is that of the distinct levels, whatever the number of rows; or of all values, if they are kept.
package struct TableSurvey: Sendable {
  /// The file.
  package let file: DelimitedFile
  /// The treatment of missing values.
  package let missing: MissingValues
  /// The number of rows used.
  package private(set) var rowCount = 0
  /// The number of rows dropped because a value is missing.
  package private(set) var droppedCount = 0

  let roles: ColumnRoles
  let positions: ColumnPositions
  /// The candidate input columns.
  private(set) var features: [ColumnAccumulator]
  /// The target, offset, exposure and weight columns that exist.
  private(set) var others: [ColumnAccumulator]
  /// The values of all rows; `nil` if they are not kept, or rows are dropped.
  private(set) var kept: KeptValues?

  /// Reads the file once.
  ///
  /// - Parameter keepsValues: Whether values are kept for ``keptRows(of:)``; they are not if rows are dropped.
  /// - Throws: `EspalierError` with line and column if a value is invalid, and if no row is left.
  package init(
    _ file: DelimitedFile, roles: ColumnRoles, missing: MissingValues = .refuse, keepsValues: Bool = false
  ) throws(EspalierError) {
    self.file = file
    if keepsValues { kept = KeptValues() }
    self.roles = roles
    self.missing = missing
    let positions = try ColumnPositions(roles, in: file)
    self.positions = positions
    features = positions.features.map {
      ColumnAccumulator(
        file.header[$0], at: $0, isCategorical: positions.categorical.contains($0), file.notation)
    }
    let special = [positions.target, positions.offset, positions.exposure, positions.weights].compactMap { $0 }
    others = special.map {
      ColumnAccumulator(
        file.header[$0], at: $0, isCategorical: $0 == positions.target && roles.targetKind.isOfClasses, file.notation)
    }
    try readAll()
    convertLevels()
  }

  /// Turns columns of levels that are numbers in a notation of their own into columns of numbers.
  private mutating func convertLevels() {
    for index in features.indices {
      guard let numbers = features[index].convertLevels() else { continue }
      kept?.decode(feature: index, of: features.count, numbers)
    }
    for index in others.indices {
      guard let numbers = others[index].convertLevels() else { continue }
      kept?.decode(other: index, of: others.count, numbers)
    }
  }

  private mutating func readAll() throws(EspalierError) {
    let records = try file.records()
    var values = [Double](repeating: 0, count: features.count)
    var otherValues = [Double](repeating: 0, count: others.count)
    while try records.next(ofFields: file.header.count) {
      var missingName: String?
      for index in others.indices {
        otherValues[index] = try others[index].value(in: records)
        if otherValues[index].isNaN {
          guard missing == .drop else { throw .missing(records, column: others[index].name) }
          missingName = others[index].name
        }
      }
      for index in features.indices {
        values[index] = try features[index].value(in: records)
        if values[index].isNaN, missing != .mean { missingName = missingName ?? features[index].name }
      }
      if let missingName {
        guard missing == .drop else { throw .missing(records, column: missingName) }
        droppedCount += 1
        // Any other invalid value in such a row must still be reported: a second pass finds it.
        kept = nil
        continue
      }
      rowCount += 1
      kept?.features += values
      kept?.others += otherValues
      for index in others.indices { others[index].add(otherValues[index]) }
      for index in features.indices where !values[index].isNaN { features[index].add(values[index]) }
    }
    guard rowCount > 0 else {
      throw EspalierError(
        .data, file.input.subject, droppedCount == 0 ? "has no rows of data" : "has a missing value in each of its rows"
      )
    }
    for column in features where column.isCategorical == nil {
      throw EspalierError(
        .data, "\(file.input.subject), column \"\(column.name)\"", "has no values", remedy: "exclude it")
    }
  }

  /// The mean of the weights; `nil` without weights.
  package var meanWeight: Double? {
    positions.weights.flatMap { position in others.first { $0.position == position }?.statistics.mean }
  }

  /// Sentences about what was not plainly numbers or text: how the file and its columns are read, text columns that
  /// look like numbers, and those with nearly as many levels as rows.
  package var doubts: [String] {
    let columns = features.filter { !positions.categorical.contains($0.position) }
    let target = others.filter { $0.position == positions.target }
    return file.remarks + (others + columns).compactMap(\.reading)
      + columns.compactMap { $0.doubt(rowCount: rowCount, mayBeNumbers: true) }
      + target.compactMap { $0.doubt(rowCount: rowCount, mayBeNumbers: false) }
  }

  /// The names of constant columns.
  package var constantColumns: [String] {
    features.filter(\.isConstant).map(\.name)
  }

  /// The rows as numbers.
  ///
  /// - Parameter intercept: Whether the model has an intercept. If so, constant columns and the first level of each
  ///   categorical column are left out: the intercept represents them.
  /// - Throws: `EspalierError` if no column is left, or the target is of another kind than the model needs.
  package func source(intercept: Bool) throws(EspalierError) -> TableSource {
    try refuseNames()
    let used = features.filter { !intercept || !$0.isConstant }
    let columns = try referencing(used.map { $0.column(reference: intercept) }, intercept: intercept)
    let summaries = zip(used, columns).flatMap { $0.summaries($1, rowCount: rowCount) }
    var names: Set<String> = []
    if let twice = summaries.first(where: { !names.insert($0.name).inserted }) {
      throw EspalierError(
        .data, file.input.subject, "makes two features called \"\(twice.name)\"",
        remedy: "rename the column, or leave one of them out (exclude it)")
    }
    guard intercept || !summaries.isEmpty else {
      throw EspalierError(.data, file.input.subject, "has no column left that could explain \"\(others[0].name)\"")
    }
    let filled = Double(columns.count)
    return try TableSource(
      file, columns: columns, features: summaries, notations: notations,
      target: TableSource.Target(column: others[0].name, coding: targetCoding()), offset: positions.offset.map(name),
      exposure: positions.exposure.map(name), weights: positions.weights.map(name), missing: missing,
      isSparse: filled < 0.25 * Double(summaries.count))
  }

  /// Rejects text columns that name the rows: so many levels, one for nearly each row, explain nothing, and take time
  /// and memory for each.
  func refuseNames() throws(EspalierError) {
    let explaining = features.filter { !positions.categorical.contains($0.position) }
    let classes = roles.targetKind.isOfClasses ? others.filter { $0.position == positions.target } : []
    for column in explaining + classes where column.namesRows(rowCount: rowCount) {
      throw EspalierError(
        .data, "\(file.input.subject), column \"\(column.name)\"",
        "is text with \(column.levelCount) levels in \(rowCount) rows, and names them rather than explains anything",
        remedy: column.position == positions.target
          ? "choose another target" : "leave the column out, or declare it by --categorical")
    }
  }

  func name(_ position: Int) -> String { file.header[position] }

  /// The notation of numbers by position, for the target, offset, exposure and weight columns.
  var notations: [Int: NumberNotation] {
    Dictionary(uniqueKeysWithValues: others.map { ($0.position, $0.notation) })
  }

  func targetCoding() throws(EspalierError) -> TargetCoding {
    let target = others[0]
    let subject = "\(file.input.subject), target \"\(target.name)\""
    let classes = target.levels.map(\.level)
    switch (roles.targetKind, target.isCategorical == true) {
    case (.number, false): return .number
    case (.number, true):
      throw EspalierError(.data, subject, "holds text (\"\(classes[0])\"), and this family explains numbers")
    case (.binary, false):
      let (low, high) = (target.statistics.minimum, target.statistics.maximum)
      guard low < 0 || high > 1 else { return try positive(.number) }
      guard target.distinct.count <= 2 else {
        throw .tooManyLabels(target.distinct.sorted().map(SparseTextSource.name), subject)
      }
      return try positive(.twoNumbers(low, high))
    case (.binary, true):
      guard classes.count <= 2 else { throw .tooManyLabels(classes, subject) }
      guard classes.count == 2 else {
        throw EspalierError(.data, subject, "has the one label \"\(classes[0])\", and this family tells two apart")
      }
      return try positive(.classes(classes))
    case (.classes, _):
      guard classes.count >= 2 else { throw EspalierError(.data, subject, "has one class alone") }
      return .classes(classes)
    case (.orderedClasses, _): return .classes(try LevelOrder(of: classes, subject)(roles.levels))
    }
  }
}

extension EspalierError {
  /// The error for a target of two classes with these labels, of which the last may stand for others.
  static func tooManyLabels(_ labels: [String], _ subject: String) -> EspalierError {
    let names = labels.map { "\"\($0)\"" }
    let listed = names.count == 3 ? names.joined(separator: ", ") : names.prefix(3).joined(separator: ", ") + ", ..."
    return EspalierError(
      .data, subject,
      (names.count == 3 ? "has three labels, \(listed)" : "has more than two labels, \(listed)")
        + ", and this family tells two apart",
      remedy: "leave the rows of the others out, or take --family multinomial")
  }
}

extension ColumnAccumulator {
  /// The sentence about the notation of the column's numbers; `nil` for plain numbers and text.
  var reading: String? { example.map { notation.sentence(column: name, example: $0) } }

  /// Whether the column has a single value.
  var isConstant: Bool {
    isCategorical == true ? levels.count <= 1 : statistics.minimum == statistics.maximum
  }

  /// The column as part of a model, with its first level as the reference or without one.
  func column(reference: Bool) -> TableColumn {
    guard isCategorical == true else {
      return TableColumn(
        name: name, mean: statistics.mean, notation: notation == NumberNotation() ? nil : notation)
    }
    let levels = levels
    // The first of several equally frequent levels.
    let most = levels.reduce(levels[0]) { $1.count > $0.count ? $1 : $0 }
    return TableColumn(
      name: name, levels: levels.map(\.level), reference: reference ? levels[0].level : nil, mostFrequent: most.level)
  }

  /// Mean and deviation of each feature of the column, including filled-in values.
  func summaries(_ column: TableColumn, rowCount: Int) -> [FeatureSummary] {
    guard isCategorical == true else {
      let share = Double(statistics.count) / Double(rowCount)
      return [
        FeatureSummary(name: name, mean: statistics.mean, deviation: statistics.deviation * share.squareRoot())
      ]
    }
    let levels = levels
    let filled = rowCount - levels.reduce(0) { $0 + $1.count }
    return levels.filter { $0.level != column.reference }.map { level, count in
      let share = Double(count + (level == column.mostFrequent ? filled : 0)) / Double(rowCount)
      return FeatureSummary(
        name: "\(name)=\(level)", mean: share, deviation: (share * (1 - share)).squareRoot())
    }
  }
}
