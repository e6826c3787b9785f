import ArgumentParser
import EspalierFiles
import EspalierProximalPoint
import EspalierRegression
import EspalierTables

/// Factors of the penalty and bounds of coefficients, on the command line.
struct FeatureConditionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Factors of the penalty of features, or of all features of a column; 0 for no penalty.",
      valueName: "feature=factor,..."))
  var penaltyFactor: [String] = []
  @Option(help: ArgumentHelp("The least coefficients, * for all others.", valueName: "feature=bound,..."))
  var lower: [String] = []
  @Option(help: ArgumentHelp("The greatest coefficients, * for all others.", valueName: "feature=bound,..."))
  var upper: [String] = []

  func validate() throws {
    for (name, value) in try Self.entries(penaltyFactor, "--penalty-factor") where value < 0 || value.isInfinite {
      throw ValidationError("--penalty-factor takes numbers from 0, and \(name) has \(value)")
    }
    for (name, bound) in try Self.entries(lower, "--lower") where bound == .infinity {
      throw ValidationError("--lower takes numbers, or -inf for no bound, and \(name) has \(bound)")
    }
    for (name, bound) in try Self.entries(upper, "--upper") where bound == -.infinity {
      throw ValidationError("--upper takes numbers, or inf for no bound, and \(name) has \(bound)")
    }
  }

  /// Throws a usage error where other options contradict conditions.
  func check(isPenalized: Bool, takesConstantSteps: Bool, family: Family.Name) throws(ValidationError) {
    guard isUsed else { return }
    guard !takesConstantSteps else {
      throw ValidationError(
        "--penalty-factor, --lower and --upper are not for constant steps: leave out --step, --momentum and --method")
    }
    guard penaltyFactor.isEmpty || isPenalized else {
      throw ValidationError("--penalty-factor changes nothing without a penalty: add --l1, --l2, --path or --cv")
    }
    guard lower.isEmpty && upper.isEmpty || !family.hasPredictorOfEachClass else {
      throw ValidationError(
        "--lower and --upper are not for --family \(family.rawValue), whose features have one "
          + "coefficient for each class")
    }
  }

  /// The conditions of the data's features; `nil` without any.
  func conditions(_ data: RegressionData) throws -> FeatureConditions? {
    guard isUsed else { return nil }
    var conditions = FeatureConditions(features: data.features.count)
    try set(penaltyFactor, "--penalty-factor", in: &conditions.factors, data)
    try set(lower, "--lower", in: &conditions.lower, data)
    try set(upper, "--upper", in: &conditions.upper, data)
    if let place = conditions.lower.indices.first(where: { conditions.lower[$0] > conditions.upper[$0] }) {
      throw EspalierError(
        .argument, "feature \"\(data.features[place].name)\"",
        "has the lower bound \(conditions.lower[place]) above the upper one, \(conditions.upper[place])")
    }
    return conditions
  }

  private var isUsed: Bool { !penaltyFactor.isEmpty || !lower.isEmpty || !upper.isEmpty }

  private func set(
    _ arguments: [String], _ option: String, in values: inout [Double], _ data: RegressionData
  ) throws {
    for (name, value) in try Self.entries(arguments, option).sorted(by: { $0.name == "*" && $1.name != "*" }) {
      let places = data.features.indices.filter { name == "*" || data.features[$0].name.isMade(of: name) }
      guard !places.isEmpty else {
        throw EspalierError(
          .argument, option, "names a feature \"\(name)\", and there is none",
          remedy: "the features are \(data.features.map(\.name).listed(atMost: 20))")
      }
      for place in places { values[place] = value }
    }
  }

  private static func entries(_ arguments: [String], _ option: String) throws -> [(name: String, value: Double)] {
    try arguments.flatMap { $0.split(separator: ",") }.map { entry in
      guard let equals = entry.lastIndex(of: "="), equals != entry.startIndex,
        let value = Double(entry[entry.index(after: equals)...]), !value.isNaN
      else { throw ValidationError("\(option) takes FEATURE=NUMBER,..., and not \"\(entry)\"") }
      return (String(entry[..<equals]), value)
    }
  }
}

extension String {
  /// Whether a feature has this name, or is one of several made of it: a level, or one of a basis.
  fileprivate func isMade(of name: String) -> Bool { self == name || hasPrefix("\(name)=") || hasPrefix("\(name)[") }
}
