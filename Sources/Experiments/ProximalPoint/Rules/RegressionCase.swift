import EspalierFiles
import EspalierProximalPoint
import EspalierRegression
import EspalierTables
import EspalierTensors

/// A generalised linear model of a real data set, as `Benchmarks/Peers/glm_cases.py` has it.
///
/// `Benchmarks/Peers/fetch_glm_data.py` writes the files. Rows with missing values are dropped, features standardised.
struct RegressionCase: Sendable {
  /// The name of the data set; its file is `NAME.csv`.
  let name: String
  let family: Family.Name
  let target: String
  let columns: [String]?
  let excluded: [String]

  private init(
    _ name: String, _ family: Family.Name, _ target: String, columns: [String]? = nil, excluded: [String] = []
  ) {
    (self.name, self.family, self.target, self.columns, self.excluded) = (name, family, target, columns, excluded)
  }

  /// All of them.
  static let all = [
    RegressionCase("rand", .poisson, "mdvis"),
    RegressionCase(
      "doctor", .poisson, "docvis",
      columns: ["age", "outwork", "female", "married", "kids", "hhninc", "educ", "self"]),
    // workingday follows from weekday and holiday.
    RegressionCase("bikes", .poisson, "cnt", excluded: ["dteday", "casual", "registered", "workingday"]),
    // column1 numbers the rows.
    RegressionCase("diamonds", .gaussian, "price", excluded: ["column1"]),
    RegressionCase(
      "flights", .gaussian, "arr_delay",
      columns: ["dep_delay", "air_time", "distance", "hour", "month", "carrier", "origin"]),
    RegressionCase("default", .binomial, "default"),
    // The coefficients of these have no finite solution: see glm_cases.py.
    RegressionCase(
      "caravan", .binomial, "Purchase",
      excluded: [
        "PVRAAUT", "AVRAAUT", "PWERKT", "AWERKT", "PBESAUT", "ABESAUT", "PZEILPL", "AZEILPL", "MHKOOP", "MZPART",
      ]),
    RegressionCase("mortgages", .binomial, "home_ownership"),
  ]

  /// The path of the file in a folder.
  func path(in folder: String) -> String { "\(folder)/\(name).csv" }

  /// A problem to minimise: examples of a loss, and the smallest value of the average loss.
  struct Problem: Sendable {
    let name: String
    let loss: any Loss
    let examples: Examples<DenseRows>
    let optimum: Double
    /// `f(x)`: the average loss.
    let value: @Sendable ([Double]) -> Double
  }

  /// The model on at most `limit` rows of the file in a folder, drawn by `seed`; `nil` if there is no such file.
  ///
  /// Targets of the Gaussian family are divided by their root mean square, so that step sizes mean the same everywhere.
  /// - Throws: `EspalierError` if the file is not of this data set.
  func problem(in folder: String, limit: Int, seed: UInt64) throws(EspalierError) -> Problem? {
    let path = path(in: folder)
    guard FileIdentity(path).exists else { return nil }
    let roles = ColumnRoles(target: target, columns: columns, excluded: excluded)
    let data = try RegressionData(
      DataFile(path), roles: roles, family: Family(family), missing: .drop, intercept: true, keepsRows: true)
    var rows = try data.readAll()
    if rows.count > limit {
      var generator = SeededGenerator(seed: seed)
      rows = rows.selecting(generator.permutation(rows.count)[..<limit].sorted())
    }
    let examples = try Self.examples(rows, isGaussian: family == .gaussian)
    switch family {
    case .poisson: return try Self.problem(name, PoissonLoss(), examples)
    case .binomial: return try Self.problem(name, LogisticLoss(), examples)
    default: return try Self.problem(name, SquaredLoss(), examples)
    }
  }

  private static func examples(_ rows: Rows, isGaussian: Bool) throws(EspalierError) -> Examples<DenseRows> {
    var values = [Double](repeating: 0, count: rows.count * rows.featureCount)
    for row in 0..<rows.count {
      rows.forEachFeature(of: row) { values[row * rows.featureCount + $0] = $1 }
    }
    var targets = rows.targets
    if isGaussian {
      let scale = (targets.reduce(0) { $0 + $1 * $1 } / Double(targets.count)).squareRoot()
      if scale > 0 { targets = targets.map { $0 / scale } }
    }
    return try Examples(
      DenseRows(dimension: rows.featureCount, values), targets: targets, intercept: true
    ).standardized().examples
  }

  private static func problem<L: Loss>(
    _ name: String, _ loss: L, _ examples: Examples<DenseRows>
  ) throws(EspalierError) -> Problem {
    let objective = Objective(loss, over: examples)
    let solution = try AutomaticSolver().minimize(loss, over: examples)
    return Problem(name: name, loss: loss, examples: examples, optimum: solution.objective) { objective.value($0) }
  }
}
