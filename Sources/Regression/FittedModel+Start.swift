import EspalierFiles
import EspalierTables

extension FittedModel {
  /// The coefficients from which a fit of the same model to other rows begins, in the order of their features.
  ///
  /// - Throws: `EspalierError` if family, link, classes, offsets, columns or levels differ, or the model has an
  ///   intercept and the fit has none.
  package func start(
    for data: RegressionData, family: Family, offset: String?, exposure: String?, intercept: Bool
  ) throws(EspalierError) -> [LinearPredictor] {
    func differs(_ fault: String) -> EspalierError {
      EspalierError(
        .data, "the model to continue", fault, remedy: "fit anew, without --continue, or give what it was fitted to")
    }
    guard self.family.name == family.name else {
      throw differs("is of the family \(self.family.name.rawValue), and the fit of \(family.name.rawValue)")
    }
    guard link == family.link else { throw differs("has the link \(link), and the fit \(family.link)") }
    guard classes == data.classes else {
      throw differs("has the classes \((classes ?? []).listed()), and the data have \((data.classes ?? []).listed())")
    }
    guard self.offset == offset, self.exposure == exposure, input.offsets == data.input.offsets else {
      throw differs("has another offset or exposure")
    }
    if case .table(let known) = input, case .table(let found) = data.input {
      try Self.compare(known, found, constant: data.constantColumns, differs)
    }
    let (known, found) = (featureNames, data.features.map(\.name))
    if let new = Self.others(found, known) { throw differs("has no \(new), which the data have") }
    if let lost = Self.others(known, found) { throw differs("has \(lost), which the data have not") }
    let places = Dictionary(uniqueKeysWithValues: known.enumerated().map { ($1, $0) })
    return try predictors().map { predictor throws(EspalierError) in
      guard intercept || predictor.intercept == 0 else { throw differs("has an intercept, and the fit has none") }
      return LinearPredictor(
        intercept: predictor.intercept, coefficients: found.map { predictor.coefficients[places[$0]!] })
    }
  }

  private static func compare(
    _ known: [TableColumn], _ found: [TableColumn], constant: [String], _ differs: (String) -> EspalierError
  ) throws(EspalierError) {
    let columns = Dictionary(uniqueKeysWithValues: found.map { ($0.name, $0) })
    for column in known {
      guard let own = columns[column.name] else {
        let reason = constant.contains(column.name) ? "is constant in the data" : "the data have not"
        throw differs("has a column \"\(column.name)\", which \(reason)")
      }
      guard (own.levels == nil) == (column.levels == nil) else {
        throw differs(
          "has a column \"\(column.name)\" of \(column.levels == nil ? "numbers" : "levels"), and the data do not")
      }
      if let new = others(own.levels ?? [], column.levels ?? []) {
        throw differs("has no level \(new) of column \"\(column.name)\", new in the data")
      }
      if let lost = others(column.levels ?? [], own.levels ?? []) {
        throw differs("has a level \(lost) of column \"\(column.name)\", of which the data have no row")
      }
    }
    let names = Set(known.map(\.name))
    if let new = found.first(where: { !names.contains($0.name) }) {
      throw differs("has no column \"\(new.name)\", which the data have")
    }
  }

  /// The names in `first` that are not in `second`, for a message; `nil` if there are none.
  private static func others(_ first: [String], _ second: [String]) -> String? {
    let known = Set(second)
    let others = first.filter { !known.contains($0) }
    return others.isEmpty ? nil : others.map { "\"\($0)\"" }.listed()
  }
}

extension FittedModel.Input {
  /// The offsets of a formula; none for other inputs.
  fileprivate var offsets: [String] {
    if case .design(let design) = self { design.offsets } else { [] }
  }
}
