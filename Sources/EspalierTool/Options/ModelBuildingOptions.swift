import ArgumentParser
import EspalierFiles
import EspalierRegression
import EspalierTables

/// What a model is made of, on the command line: a formula or parts of one, levels, classes, trials.
struct ModelBuildingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      What is explained by what, as in R: 'y ~ a*b + poly(x, 3) + spline(t, 5) + C(region, ref=north) + \
      offset(log(n)) + I(x^2) - c'; . is all other columns, -1 leaves out the intercept.
      """))
  var formula: String?
  @Option(help: "Without a formula, an interaction to add: a:b, or a:b:c; may be repeated.")
  var interaction: [String] = []
  @Option(help: ArgumentHelp("The reference level of a column; may be repeated.", valueName: "column=level"))
  var reference: [String] = []
  @Option(help: "The class, of two, whose probability is modelled (default: the second in order).")
  var positive: String?
  @Option(
    help: ArgumentHelp(
      "With --family ordinal, the target's levels from the lowest to the highest; numbers are in order without.",
      valueName: "level,..."))
  var levels: String?
  @Option(
    help: ArgumentHelp(
      "Factors of the weights of classes: balanced, or as in a=2,b=1.", valueName: "balanced|class=factor,..."))
  var classWeights: String?
  @Option(help: "With --family binomial, a column of numbers of trials; the target counts the successes.")
  var trials: String?

  func validate() throws {
    do throws(EspalierError) {
      _ = try parsedFormula
      _ = try parsedClassWeights
    } catch {
      throw ValidationError(error.description)
    }
    _ = try references
    guard formula == nil || interaction.isEmpty else {
      throw ValidationError("--interaction is for a model without --formula: write it into the formula")
    }
  }

  /// Throws a usage error where options contradict each other or the family.
  func check(_ columns: ColumnOptions, _ families: FamilyOptions) throws {
    let formula = try parsedFormula
    if formula != nil, columns.columns != nil {
      throw ValidationError("--columns is not for --formula, which names the columns: leave out one of them")
    }
    if let formula, let exclude = columns.exclude {
      let named = Set(formula.namedColumns)
      // What is no list is refused where it is read.
      let excluded = (try? ColumnList.parse(exclude, of: "--exclude")) ?? []
      if let column = excluded.first(where: { named.contains($0) }) {
        throw ValidationError("--exclude \(column) contradicts --formula, which names it: leave out one of them")
      }
    }
    if let own = formula?.response?.column, let target = columns.target, own != target {
      throw ValidationError("--target \(target) contradicts --formula, which explains \(own): leave it out")
    }
    if needsTarget, target(columns) == nil {
      throw ValidationError("the formula names no column to explain: write it in front of ~, or add --target")
    }
    let family = families.family
    let tellsClassesApart = [.binomial, .hinge, .squaredHinge].contains(family)
    guard positive == nil || tellsClassesApart else {
      throw ValidationError("--positive is for families of two classes, and --family \(family.rawValue) is none")
    }
    guard classWeights == nil || tellsClassesApart || family.hasProbabilityOfEachClass else {
      throw ValidationError("--class-weights is for families of classes, and --family \(family.rawValue) is none")
    }
    guard levels == nil || family.hasThresholds else {
      throw ValidationError("--levels is for --family ordinal, whose classes have an order")
    }
    var counts = trials != nil
    if case .successes? = formula?.response { counts = true }
    guard !counts || family == .binomial else {
      throw ValidationError("successes in trials are for --family binomial, not for \(family.rawValue)")
    }
    guard !counts || (positive == nil && classWeights == nil) else {
      throw ValidationError("--positive and --class-weights are for a target of classes, not for counts of successes")
    }
  }

  /// The target column.
  func target(_ columns: ColumnOptions) -> String? {
    (try? parsedFormula)?.response?.column ?? columns.target
  }

  /// Whether the formula, if any, leaves the model its intercept.
  var hasIntercept: Bool { (try? parsedFormula)?.hasIntercept ?? true }

  /// Reads the data, with the features that these options make.
  func data(
    _ file: DataFileOptions, _ columns: ColumnOptions, without cluster: String?, family: Family, intercept: Bool,
    keepsRows: Bool
  ) throws -> RegressionData {
    var columns = columns
    columns.target = target(columns)
    var roles = try columns.roles
    if let cluster, roles?.columns == nil { roles?.excluded.append(cluster) }
    for (column, level) in try references { roles?.references[column] = level }
    roles?.positive = positive
    if let levels { roles?.levels = try ColumnList.parse(levels, of: "--levels") }
    let data: RegressionData
    if let roles, needsDesign {
      let names = roles.columns
      let formula = try parsedFormula ?? Formula(of: names, interactions: interaction)
      data = try RegressionData(
        file.open(), formula: formula, trials: trials, roles: roles, family: family, missing: file.missing,
        intercept: intercept, keepsRows: keepsRows)
    } else {
      if roles == nil, positive != nil || levels != nil || !reference.isEmpty || needsDesign {
        throw ValidationError(
          "--formula, --interaction, --trials, --reference, --positive and --levels are for tables with a --target")
      }
      data = try RegressionData(
        file.open(), roles: roles, family: family, missing: file.missing, intercept: intercept, keepsRows: keepsRows)
    }
    return try parsedClassWeights.map(data.weighted) ?? data
  }

  private var needsTarget: Bool { formula != nil }

  private var needsDesign: Bool { formula != nil || !interaction.isEmpty || trials != nil }

  private var parsedFormula: Formula? {
    get throws(EspalierError) { try formula.map { (text) throws(EspalierError) in try Formula(text) } }
  }

  private var references: [(String, String)] {
    get throws {
      try reference.map { argument in
        guard let equals = argument.lastIndex(of: "="), equals != argument.startIndex else {
          throw ValidationError("--reference takes COLUMN=LEVEL, and not \"\(argument)\"")
        }
        return (String(argument[..<equals]), String(argument[argument.index(after: equals)...]))
      }
    }
  }

  private var parsedClassWeights: ClassWeights? {
    get throws(EspalierError) {
      guard let classWeights else { return nil }
      guard classWeights != "balanced" else { return .balanced }
      var factors: [String: Double] = [:]
      for entry in classWeights.split(separator: ",") {
        guard let equals = entry.lastIndex(of: "="), let factor = Double(entry[entry.index(after: equals)...]),
          factor >= 0, factor.isFinite
        else {
          throw EspalierError(
            .argument, "--class-weights",
            "takes balanced, or CLASS=FACTOR,... with factors from 0, and not \"\(entry)\"")
        }
        guard factors.updateValue(factor, forKey: String(entry[..<equals])) == nil else {
          throw EspalierError(.argument, "--class-weights", "names the class \"\(entry[..<equals])\" twice")
        }
      }
      guard !factors.isEmpty else { throw EspalierError(.argument, "--class-weights", "names no class") }
      return .factors(factors)
    }
  }
}
