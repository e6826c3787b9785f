import ArgumentParser
import EspalierFiles
import EspalierProximalPoint
import EspalierRegression
import EspalierTables

/// A file of rows on the command line, and the roles of its columns.
struct DataFileOptions: ParsableArguments {
  @Argument(help: "CSV, TSV or LIBSVM, gzip or not; - is standard input.") var file: String
  @OptionGroup var table: TableFormatOptions

  /// The treatment of missing values.
  var missing: MissingValues { table.missing }

  /// Opens the file.
  func open() throws(EspalierError) -> DataFile { try table.open(file) }
}

/// The roles of a table's columns, on the command line.
struct ColumnOptions: ParsableArguments {
  @Option(help: "The column to explain, by name or number from 1. LIBSVM files have none to choose.")
  var target: String?
  @Option(help: "The columns that explain, by commas, names with commas in quotes; by default all others.")
  var columns: String?
  @Option(help: "Columns to leave out, by commas.") var exclude: String?
  @Option(help: "Columns whose numbers are levels, by commas.") var categorical: String?
  @Option(help: "A column that is added to the linear predictor.") var offset: String?
  @Option(help: "A column whose logarithm is added to the linear predictor.") var exposure: String?
  @Option(help: "A column of weights.") var weights: String?

  /// The roles; `nil` if none is given.
  var roles: ColumnRoles? {
    get throws(EspalierError) {
      guard let target else { return nil }
      func list(_ text: String?, _ option: String) throws(EspalierError) -> [String]? {
        guard let text else { return nil }
        return try ColumnList.parse(text, of: option)
      }
      return ColumnRoles(
        target: target, columns: try list(columns, "--columns"), excluded: try list(exclude, "--exclude") ?? [],
        categorical: try list(categorical, "--categorical") ?? [], offset: offset, exposure: exposure,
        weights: weights)
    }
  }
}

/// A family on the command line.
struct FamilyOptions: ParsableArguments {
  @Option(help: "What is explained: \(Family.Name.allCases.map(\.rawValue).joined(separator: ", ")).")
  var family: Family.Name
  @Option(help: "The dispersion of negative-binomial, Huber's threshold, which quantile, or Tweedie's power.")
  var familyParameter: Double?
  @Option(help: "What of the mean is linear, if not the family's usual: \(Link.choices).") var link: Link?

  /// Throws a usage error if the columns have a role, or the options a value, that the family does not support.
  func check(_ columns: ColumnOptions) throws(ValidationError) {
    guard familyParameter == nil || family.hasParameter else {
      throw ValidationError("--family \(family.rawValue) has no --family-parameter: leave it out")
    }
    guard family.hasPredictorOfEachClass else {
      guard link.map(family.links.contains) ?? true else {
        throw ValidationError(
          "--link \(link!.rawValue) is not for --family \(family.rawValue): its links are "
            + family.links.map(\.rawValue).joined(separator: ", "))
      }
      guard columns.exposure == nil || (link ?? family.links[0]) == .log else {
        let name = family.rawValue + (link.map { " with --link \($0.rawValue)" } ?? "")
        throw ValidationError(
          "--exposure is not for --family \(name): it multiplies a mean whose logarithm is the linear predictor; take "
            + "--offset for what is added to it")
      }
      return
    }
    guard columns.offset == nil, columns.exposure == nil else {
      throw ValidationError(
        """
        --offset and --exposure are not for --family multinomial: what is added to the predictor of each class changes \
        nothing
        """
      )
    }
    guard link == nil else { throw ValidationError("--family multinomial has no other --link") }
  }

  /// The family.
  func value() throws(EspalierError) -> Family { try Family(family, parameter: familyParameter, link: link) }
}

extension UnknownLevels: ExpressibleByArgument {}
extension Family.Name: ExpressibleByArgument {}

extension Link: ExpressibleByArgument {
  /// The links to choose from.
  static var choices: String { allCases.filter { $0 != .softmax }.map(\.rawValue).joined(separator: ", ") }
}
