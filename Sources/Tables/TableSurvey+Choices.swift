import EspalierFiles

extension TableSurvey {
  /// Columns with the reference levels that the roles choose.
  ///
  /// - Throws: `EspalierError` if a column has no such level, or the model no intercept to represent it.
  func referencing(_ columns: [TableColumn], intercept: Bool) throws(EspalierError) -> [TableColumn] {
    var columns = columns
    for (name, level) in roles.references.sorted(by: { $0.key < $1.key }) {
      let column = self.name(try file.position(of: name))
      guard intercept else {
        throw EspalierError(
          .argument, "reference level \"\(level)\" of column \"\(column)\"",
          "is for a model with an intercept, which represents it")
      }
      guard let place = columns.firstIndex(where: { $0.name == column }) else {
        throw EspalierError(
          .argument, "\(file.input.subject), column \"\(column)\"", "explains nothing, and needs no reference level")
      }
      columns[place].reference = try columns[place].checked(reference: level, in: file)
    }
    return columns
  }

  /// The coding with the positive class of the roles as the second.
  ///
  /// - Throws: `EspalierError` if the target has no such class.
  func positive(_ coding: TargetCoding) throws(EspalierError) -> TargetCoding {
    guard let label = roles.positive else { return coding }
    let classes: [String]
    switch coding {
    case .classes(let names):
      classes = names
      if names[1] == label { return coding }
      if names[0] == label { return .classes([names[1], names[0]]) }
    case .number:
      classes = ["0", "1"]
      if Double(label) == 1 { return .number }
      if Double(label) == 0 { return .twoNumbers(1, 0) }
    case .twoNumbers(let low, let high):
      classes = [low, high].map(SparseTextSource.name)
      if Double(label) == high { return coding }
      if Double(label) == low { return .twoNumbers(high, low) }
    }
    throw EspalierError(
      .argument, "\(file.input.subject), target \"\(roles.target)\"", "has no class \"\(label)\"",
      remedy: "its classes are \(classes.listed())")
  }
}

extension TableColumn {
  /// A reference level, which must be one of the column's; a number may be written in another way.
  ///
  /// - Throws: `EspalierError` with the levels if it is none, or the column holds numbers.
  func checked(reference: String, in file: DelimitedFile) throws(EspalierError) -> String {
    let subject = "\(file.input.subject), column \"\(name)\""
    guard let levels else {
      throw EspalierError(
        .argument, subject, "holds numbers, and has no reference level \"\(reference)\"",
        remedy: "declare it by --categorical, or write C(\(name)) in a formula")
    }
    if levels.contains(reference) { return reference }
    if let number = Double(reference), let level = levels.first(where: { Double($0) == number }) { return level }
    throw EspalierError(
      .argument, subject, "has no level \"\(reference)\"", remedy: "its levels are \(levels.listed())")
  }
}
