import ArgumentParser
import EspalierRegression
import EspalierReports
import EspalierWorkflows

/// `espalier probe`.
struct ProbeCommand: ResourceCommand {
  static let configuration = CommandConfiguration(
    commandName: "probe",
    abstract: "Norms and curvature of a problem, and the largest safe steps of SGD and SGDM.",
    discussion: """
      A safe step does not diverge, whatever the order of the examples or of batches of them, where the curvature is \
      what it is at 0. Momentum of 0.9 needs steps some 190 times as short as none: examples that take turns can push \
      in step with it.

      EXAMPLE:
        espalier probe visits.csv --target mdvis --family poisson
      """)

  @OptionGroup var data: DataFileOptions
  @OptionGroup var columns: ColumnOptions
  @OptionGroup var families: FamilyOptions
  @Option(help: "The momentum of SGDM.") var momentum = 0.9
  @Flag(inversion: .prefixedNo, help: "Whether the model has an intercept.") var intercept = true
  @Flag(help: "Look at standardised features.") var standardize = false
  @Option(help: "Write the result as JSON to this file, or to standard output for -.") var json: String?
  @OptionGroup var resources: ResourceOptions

  func validate() throws {
    try families.check(columns)
    guard families.family != .ordinal else {
      throw ValidationError("probe is not for --family ordinal, which is fitted without steps")
    }
    guard (0..<1).contains(momentum) else { throw ValidationError("--momentum takes a number from 0 up to 1") }
  }

  func run() throws {
    try OutputPlan(reading: [.file(self.data.file, "FILE")], writing: [.text(json, "--json")]).check()
    let family = try families.value()
    let data = try RegressionData(
      self.data.open(), roles: columns.roles, family: family, missing: self.data.missing, intercept: intercept,
      keepsRows: true)
    data.doubts.forEach(StandardError.warn)
    let problem = try ProblemProbe(
      data.readAll(), features: data.features, family: family, classes: data.classes?.count ?? 2, intercept: intercept,
      standardize: standardize)
    let probe = problem.probe
    let (sgd, sgdm) = (probe.largestSafeStep(), probe.largestSafeStep(momentum: momentum))
    if let json { try JSONReport.write(ProbeJSON(problem, momentum: momentum), to: json) }
    guard json != "-" else { return }
    try StandardOutput.print(
      TextTable(
        Table(
          ["", .numbers("value")],
          rows: [
            [Cell("rows"), .count(problem.exampleCount)], [Cell("coefficients"), .count(problem.dimension)],
            [Cell("smallest norm of a row"), .number(probe.norms.smallest)],
            [Cell("average norm"), .number(probe.norms.average)],
            [Cell("largest norm"), .number(probe.norms.largest)],
            [Cell("largest curvature of an example, at 0"), .number(probe.exampleCurvature)],
            [Cell("curvature of the average loss, at 0"), .number(probe.averageCurvature)],
            [Cell("largest safe step of SGD"), Self.cell(sgd)],
            [Cell("largest safe step of SGDM, momentum \(momentum)"), Self.cell(sgdm)],
            [Cell("largest safe step of SPPA"), Cell("none needed")],
          ]), for: .standardOutput
      ).text)
    guard !family.hasConstantCurvature else { return }
    try StandardOutput.print(
      "\nthe curvature of this family changes with the coefficients: what is safe at 0 may diverge further out")
  }

  /// Without curvature there is no bound, but slopes that do not shrink towards the solution.
  private static func cell(_ step: Double) -> Cell {
    step.isFinite ? Cell.number(step) : Cell("unknown: no curvature at 0")
  }
}
