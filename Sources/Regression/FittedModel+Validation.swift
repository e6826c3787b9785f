import EspalierFiles
import EspalierTables

extension FittedModel {
  /// Checks that a model read from a file, which may have been edited, is one that `fit` could have written.
  ///
  /// - Throws: `EspalierError` that names `subject` and the invalid part.
  func validate(subject: String) throws(EspalierError) {
    let known: Family
    do throws(EspalierError) {
      known = try Family(family.name, parameter: family.parameter, link: family.activeLink)
    } catch {
      throw EspalierError(.file, subject, "has an impossible \(error)")
    }
    guard known == family else {
      throw EspalierError(.file, subject, "has a family without its parameter, or with one too many")
    }
    guard link == family.link else {
      throw EspalierError(
        .file, subject, "has the link \(link), and the family \(family.name.rawValue) has \(family.link)")
    }
    if exposure != nil, !family.hasLogarithmicLink {
      throw EspalierError(.file, subject, "has an exposure, and its link is not the logarithm")
    }
    try validateClasses(subject)
    switch input {
    case .table(let columns): try Self.validate(columns, subject)
    case .design(let design):
      try Self.validate(design.columns, subject)
      try design.validate(subject: subject)
    case .sparse(let first, let count):
      guard (0...1).contains(first), (1...SparseTextFile.mostFeatures).contains(count) else {
        throw EspalierError(.file, subject, "has \(count) features from the index \(first) on")
      }
    }
    _ = try predictors(subject: subject)
    try validateThresholds(subject)
    try covariance?.validate(
      features: featureNames, classes: family.hasPredictorOfEachClass ? classes ?? [] : [], subject: subject)
  }

  private func validateClasses(_ subject: String) throws(EspalierError) {
    let count = classes?.count ?? 0
    guard Set(classes ?? []).count == count else { throw EspalierError(.file, subject, "has a class twice") }
    switch family.targetKind {
    case .number:
      guard classes == nil else { throw EspalierError(.file, subject, "has classes, and its family explains numbers") }
    case .binary:
      guard count == 2 else {
        throw EspalierError(.file, subject, "has \(count) classes, and its family tells two apart")
      }
    case .classes, .orderedClasses:
      guard count >= 2 else { throw EspalierError(.file, subject, "has \(count) classes, and needs two at least") }
    }
  }

  private func validateThresholds(_ subject: String) throws(EspalierError) {
    guard family.hasThresholds else {
      guard thresholds == nil else {
        throw EspalierError(.file, subject, "has thresholds, and its family has none")
      }
      return
    }
    let thresholds = thresholds ?? []
    guard thresholds.count + 1 == classes?.count, thresholds.allSatisfy(\.isFinite),
      zip(thresholds, thresholds.dropFirst()).allSatisfy(<)
    else {
      throw EspalierError(.file, subject, "has not one threshold less than classes, finite and ascending")
    }
    guard case .one(0) = intercept else {
      throw EspalierError(.file, subject, "has an intercept beside its thresholds, which take its place")
    }
  }

  private static func validate(_ columns: [TableColumn], _ subject: String) throws(EspalierError) {
    var names: Set<String> = []
    for column in columns {
      guard names.insert(column.name).inserted else {
        throw EspalierError(.file, subject, "has the column \"\(column.name)\" twice")
      }
      let name = "\(subject), column \"\(column.name)\""
      guard let levels = column.levels else {
        guard column.mean?.isFinite == true, column.reference == nil, column.mostFrequent == nil else {
          throw EspalierError(.file, name, "has neither levels nor a mean, or both")
        }
        continue
      }
      let known = Set(levels)
      guard !levels.isEmpty else { throw EspalierError(.file, name, "has no levels") }
      guard known.count == levels.count else { throw EspalierError(.file, name, "has a level twice") }
      guard [column.reference, column.mostFrequent].compactMap({ $0 }).allSatisfy(known.contains) else {
        throw EspalierError(.file, name, "has a reference or most frequent level that is none of its levels")
      }
    }
    var features: Set<String> = []
    if let twice = columns.lazy.flatMap(\.features).first(where: { !features.insert($0).inserted }) {
      throw EspalierError(.file, subject, "has the feature \"\(twice)\" twice")
    }
  }
}
