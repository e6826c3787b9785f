import EspalierFiles
import EspalierProximalPoint
import EspalierTables

extension Fit {
  /// Fits a path of penalties to rows in memory, and chooses one by cross-validation if the options ask for it.
  ///
  /// The strengths are those of all rows; each fold is fitted along them on the rows of the others, on as many threads
  /// as there are, with the same result on any number. The strengths of the fit's own options do not count.
  ///
  /// - Throws: `EspalierError` if the family does not accept a target, or there are not enough rows for the folds.
  package func path(_ rows: Rows, options path: PathOptions) throws(EspalierError) -> RegularizationPath {
    let rows = try rows.withoutZeroWeights()
    let points = try points(of: rows, path)
    guard let count = path.folds else { return RegularizationPath(options: path, points: points, validation: nil) }
    guard count >= 2, count <= rows.count else {
      throw EspalierError(
        .argument, "\(count) folds", "are not for \(rows.count) rows", remedy: "choose from 2 to \(rows.count)")
    }
    let validation = try validation(of: rows, path, count: count, strengths: points.map(\.strength))
    guard validation.means[validation.smallest].isFinite else {
      throw EspalierError(
        .data, "the cross-validation", "has no strength at which the rows of all folds have a finite deviance",
        remedy: "take fewer folds, or another link")
    }
    return RegularizationPath(options: path, points: points, validation: validation)
  }

  /// The fits of a path over rows; the strengths are those of the options or of `strengths`.
  private func points(
    of rows: Rows, _ path: PathOptions, strengths: [Double]? = nil
  ) throws(EspalierError) -> [PathPoint] {
    switch try TableExamples(rows, family: family, intercept: options.intercept, scaling: nil) {
    case .dense(let examples): try PathRun(self, examples, path).points(strengths: strengths)
    case .sparse(let examples): try PathRun(self, examples, path).points(strengths: strengths)
    }
  }

  private func validation(
    of rows: Rows, _ path: PathOptions, count: Int, strengths: [Double]
  ) throws(EspalierError) -> PathValidation {
    let hasClasses = family.targetKind != .number && rows.targets.allSatisfy { $0 == $0.rounded() }
    let folds = PathFolds(
      rows: rows.count, count: count, classes: hasClasses ? rows.targets : nil, seed: options.seed)
    let results = FoldResults(count)
    results.compute { (fold) throws(EspalierError) in
      let (held, training) = folds.split(fold)
      let points = try points(of: rows.selecting(training), path, strengths: strengths)
      return try deviances(of: rows.selecting(held), at: points)
    }
    let found = try results.values()
    return PathValidation(deviances: found.map(\.deviances), weights: found.map(\.weight))
  }

  /// The average deviance of rows at each point, twice the loss above its infimum; and the sum of their weights.
  private func deviances(
    of rows: Rows, at points: [PathPoint]
  ) throws(EspalierError) -> (deviances: [Double], weight: Double) {
    let examples = try TableExamples(rows, family: family, intercept: options.intercept, scaling: nil)
    let weight = rows.weights.isEmpty ? Double(rows.count) : rows.weights.reduce(0, +)
    switch examples {
    case .dense(let examples): return (deviances(examples, points), weight)
    case .sparse(let examples): return (deviances(examples, points), weight)
    }
  }

  private func deviances<Features: FeatureRows>(_ examples: Examples<Features>, _ points: [PathPoint]) -> [Double] {
    let floor = examples.averageMinimum(of: loss)
    return points.map { 2 * (loss.average(over: examples, at: $0.solution) - floor) }
  }
}

extension Examples {
  /// The weighted average of the infima of a loss; 0 for losses of classes.
  func averageMinimum(of loss: any FamilyLoss) -> Double {
    guard let loss = loss.ofPredictor else { return 0 }
    return targets.indices.reduce(0) { $0 + (weights?[$1] ?? 1) * loss.minimum(targets[$1]) } / Double(count)
  }
}
