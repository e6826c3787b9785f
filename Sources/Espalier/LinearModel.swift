import EspalierFiles
import EspalierProximalPoint
import EspalierRegression
import EspalierReports
import EspalierTables

/// A generalised linear model: fitted to a table without a step size to tune, and asked for predictions.
///
/// ```swift
/// let model = try LinearModel(fitting: "visits.csv", target: "visits", family: .poisson)
/// print(model.coefficients["age"]!, model.isCertified)
/// ```
public struct LinearModel: Sendable {
  let model: FittedModel
  /// Whether the coefficients are certified to be the optimum: a gradient, and where the loss has kinks a duality gap,
  /// of at most 1e-6 in standardised units. `nil` of a model that was read from a file.
  public let isCertified: Bool?
  /// How the fit ended, in words; empty of a model that was read from a file.
  public let status: String

  /// The kind of target, with its loss and link.
  public enum Family: Hashable, Sendable {
    /// Numbers, by least squares.
    case gaussian
    /// Counts and rates.
    case poisson
    /// Two classes, or shares, by their log odds.
    case binomial
    /// Two classes or more, each by a linear predictor of its own.
    case multinomial
    /// Positive numbers whose deviation grows with their mean.
    case gamma
    /// A quantile of numbers.
    case quantile(Double)

    var value: EspalierRegression.Family {
      get throws(EspalierError) {
        switch self {
        case .gaussian: try .init(.gaussian)
        case .poisson: try .init(.poisson)
        case .binomial: try .init(.binomial)
        case .multinomial: try .init(.multinomial)
        case .gamma: try .init(.gamma)
        case .quantile(let share): try .init(.quantile, parameter: share)
        }
      }
    }
  }

  /// Fits the columns of a CSV or TSV file, gzip or not.
  ///
  /// - Parameters:
  ///   - target: The column to explain.
  ///   - columns: The columns that explain; `nil` for all others.
  ///   - l1: The strength of the absolute values of the coefficients.
  ///   - l2: The strength of half their squares.
  /// - Throws: `EspalierError` of kind `file`, `data` or `argument`, and of kind `diverged` where there is no model.
  public init(
    fitting path: String, target: String, columns: [String]? = nil, family: Family, l1: Double = 0, l2: Double = 0
  ) throws(EspalierError) {
    let family = try family.value
    let data = try RegressionData(
      DataFile(path), roles: ColumnRoles(target: target, columns: columns), family: family, missing: .refuse,
      intercept: true)
    let fit = Fit(
      family, classNames: family.hasProbabilityOfEachClass ? data.classes : nil, options: FitOptions(l1: l1, l2: l2))
    let outcome = try fit(data.readAll(), features: data.features)
    guard !outcome.hasDiverged else { throw EspalierError(.diverged, "the fit", outcome.reason) }
    model = FittedModel(
      family: family, target: target, data: data, offset: nil, exposure: nil, predictors: outcome.predictors,
      thresholds: outcome.thresholds)
    isCertified = outcome.status == .converged
    status = outcome.reason
  }

  /// Reads a model that ``write(to:)`` or the command line wrote.
  ///
  /// - Throws: `EspalierError` of kind `file` where it is none.
  public init(contentsOf path: String) throws(EspalierError) {
    model = try FittedModel.read(path)
    isCertified = nil
    status = ""
  }

  /// Writes the model as JSON.
  ///
  /// - Throws: `EspalierError` of kind `file` where it cannot be written.
  public func write(to path: String) throws(EspalierError) {
    try JSONReport.write(model, to: path)
  }

  /// The coefficients by feature (`column`, or `column=level`); of a multinomial model those of all classes, as
  /// `class: feature`.
  public var coefficients: [String: Double] {
    switch model.coefficients {
    case .one(let values): return values
    case .each(let classes):
      let pairs = classes.flatMap { name, values in values.map { ("\(name): \($0.key)", $0.value) } }
      return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }
  }

  /// The predicted mean of each row of a file, in order; of a multinomial model the probability of the
  /// likeliest class.
  ///
  /// - Throws: `EspalierError` where a column is missing or a level unknown.
  public func predictions(for path: String) throws(EspalierError) -> [Double] {
    let predictor = try Predictor(model)
    let reader = try predictor.rows(of: DataFile(path), missing: .refuse, unknown: .refuse)
    var means: [Double] = []
    while let rows = try reader.next(atMost: 8192) {
      means += predictor.predictions(rows).map { $0.means.max() ?? .nan }
    }
    return means
  }
}
