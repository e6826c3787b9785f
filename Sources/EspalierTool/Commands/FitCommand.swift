import ArgumentParser
import EspalierExperiments
import EspalierFiles
import EspalierProcesses
import EspalierProximalPoint
import EspalierRegression
import EspalierReports
import EspalierTables
import EspalierWorkflows

/// `espalier fit`.
struct FitCommand: ResourceCommand, SharedCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit",
    abstract: "Fits a generalised linear model to a table, without a step size to tune.",
    discussion: """
      Without --step, the fit needs no tuning. With it (or --momentum, or an explicit method), constant steps are \
      taken, exactly --epochs passes of them, and nothing else is done: no averaging, standardisation, regularisation \
      or early stop unless asked for.

      Without it, a solution is called converged only with a certificate: a gradient, and where the loss has kinks a \
      duality gap, of at most 1e-6 in standardised units. A fit that ends without one is written, and says so by \
      status, reason and exit code.

      Standard errors, tests and intervals of the coefficients come with a certified fit without a penalty; with \
      Gaussian and Gamma targets by Student's t.

      Exit codes: 0 done, 2 a diverged fit has no model, 3 ended without a certificate (not with constant steps), 64 \
      usage, 65 bad input.

      EXAMPLES:
        espalier fit visits.csv --target mdvis --family poisson --model model.json
        espalier fit flights.csv.gz --target arr_delay --family gaussian --columns dep_delay,distance,carrier \
      --missing drop
        espalier fit iris.csv --target species --family multinomial --l2 0.01 --model iris.json
        espalier fit housing.csv --target satisfaction --family ordinal --levels low,medium,high --weights count
        espalier fit wages.csv --family gaussian --formula 'wage ~ education*union + spline(age, 4)' --model wages.json
        espalier fit genes.csv --target y --family binomial --cv 10 --rule 1se --model genes.json
        espalier fit poisson.csv --target y --family poisson --method sppam --batch 5 --batch-mode joint --step 0.05 \\
          --momentum 0.9 --epochs 10 --order cyclic --no-intercept --json -
        espalier fit wages.csv --target wage --family gaussian --cluster firm --level 0.99
      """)

  @OptionGroup var data: DataFileOptions
  @OptionGroup var columns: ColumnOptions
  @OptionGroup var families: FamilyOptions
  @OptionGroup var building: ModelBuildingOptions
  @OptionGroup var steps: StepOptions
  @Flag(inversion: .prefixedNo, help: "Whether the model has an intercept.") var intercept = true
  @Flag(help: "Take constant steps on standardised features.") var standardize = false
  @Option(help: "The strength of the absolute values.") var l1 = 0.0
  @Option(help: "The strength of half the squares.") var l2 = 0.0
  @OptionGroup var penalties: PathArguments
  @OptionGroup var features: FeatureConditionOptions
  @Option(help: "Hold out this share of rows, and stop when their loss does not improve.") var validation = 0.0
  @Option(help: "How many epochs the held-out loss may fail to improve.") var patience = FitOptions().patience
  @Flag(help: "Report the predict-then-learn loss of the first pass.") var progressive = false
  @Flag(help: "Read the file anew in each epoch, in bounded memory.") var stream = false
  @Option(help: "What is random follows from it.") var seed: UInt64 = 0
  @OptionGroup var inference: InferenceArguments
  @Option(help: "Write the result as JSON to this file, or to standard output for -.") var json: String?
  @Option(help: "Write the objective after each epoch as JSON to this file.") var trace: String?
  @Option(help: "Write the model, for predict, to this file.") var model: String?
  @Option(help: "Write a report as HTML to this file.") var report: String?
  @OptionGroup var files: ModelFileOptions
  @OptionGroup var checkpoint: CheckpointOptions
  @OptionGroup var resources: ResourceOptions
  @Flag(name: .shortAndLong, help: "Say nothing on standard error unless something is wrong.") var quiet = false

  func validate() throws {
    guard patience > 0 else { throw ValidationError("--patience takes a positive number") }
    guard l1 >= 0, l1.isFinite, l2 >= 0, l2.isFinite else {
      throw ValidationError("--l1 and --l2 take numbers that are not negative")
    }
    guard (0..<1).contains(validation) else { throw ValidationError("--validation takes a share from 0 up to 1") }
    if let model, model.lowercased().hasSuffix(".onnx") {
      throw ValidationError("--model writes JSON, which predict reads: take --onnx for \(model)")
    }
    if stream, validation > 0 { throw ValidationError("--validation needs rows in memory: leave out --stream") }
    try families.check(columns)
    try building.check(columns, families)
    try penalties.check(
      isPenalized: l1 > 0 || l2 > 0, takesConstantSteps: steps.isExplicit, streams: stream, validates: validation > 0)
    try features.check(
      isPenalized: l1 > 0 || l2 > 0 || penalties.isUsed, takesConstantSteps: steps.isExplicit, family: families.family)
    try inference.check(families.family)
    try checkOrdinal()
    if families.family.hasPredictorOfEachClass {
      guard steps.batchMode == .averaged || steps.batch == 1 else {
        throw ValidationError("--batch-mode joint is not for --family multinomial, whose batches are averaged")
      }
      guard steps.damping == .none else {
        throw ValidationError("--damping is not for --family multinomial: its steps take momentum as it is")
      }
    }
  }

  var unshared: String? {
    if data.file == "-" { return "fit of standard input, which one process alone reads," }
    return stream ? "fit --stream" : nil
  }

  func run(in processes: any ProcessGroup) throws {
    let plan = OutputPlan(
      reading: [.file(self.data.file, "FILE"), files.input(replacedBy: model)],
      writing: [
        .text(json, "--json"), .text(trace, "--trace"), .text(model, "--model"), .text(report, "--report"),
        files.output,
      ]
    )
    if processes.isRoot { try plan.check() }
    let requested = try families.value()
    let checkpoints = try checkpoint.checkpoints(writing: json, trace, model, report, files.onnx, in: processes)
    let clock = ContinuousClock()
    let start = clock.now
    let data = try building.data(
      self.data, columns, without: inference.cluster, family: requested, intercept: hasIntercept, keepsRows: !stream)
    try files.check(data, columns)
    let line = ProgressLine("fitting", total: steps.epochs, unit: "epochs", isQuiet: quiet)
    func observe(_ progress: FitProgress) {
      line.advance(note: "loss \(Format.number(progress.loss, digits: 6))")
    }
    data.doubts.forEach(StandardError.warn)
    let idle = steps.idle + (standardize && !steps.isExplicit ? ["--standardize"] : [])
    if !idle.isEmpty {
      let verdict = idle.count == 1 ? "changes nothing: it is" : "change nothing: they are"
      StandardError.warn("\(idle.joined(separator: ", ")) \(verdict) for constant steps (add --step)")
    }
    if patience != FitOptions().patience, validation == 0 {
      StandardError.warn("--patience changes nothing: it is for --validation")
    }
    var options = options
    options.conditions = try features.conditions(data)
    var unpenalized = Fit(
      requested, classNames: requested.hasProbabilityOfEachClass ? data.classes : nil, options: options,
      measuresProgressiveLoss: progressive)
    unpenalized.start = try files.start(for: data, family: requested, columns, intercept: hasIntercept)
    unpenalized.processes = processes
    let isPenalized = l1 > 0 || l2 > 0
    guard steps.isExplicit || !stream || !isPenalized || unpenalized.streamsRegularizer(features: data.features.count)
    else {
      throw ValidationError(
        "--l1 and --l2 with --stream are for at most \(Fit.streamedLimit) coefficients: leave out --stream")
    }
    let rows = stream ? nil : try data.readAll()
    let read = clock.now
    let path = try penalties.path(of: unpenalized, over: rows)
    let problem = unpenalized.penalized(by: path)
    let (fit, outcome, parameter) = try inference.fit(problem, rows, data, keptIn: checkpoints, observe: observe)
    guard processes.isRoot else { return }
    let family = fit.family
    let seconds = FitJSON.Seconds(reading: (read - start) / .seconds(1), fitting: (clock.now - read) / .seconds(1))
    // The default method does not report its progress.
    if options.steps == nil, !stream { line.advance(by: outcome.epochs) }
    line.finish()
    let inferred = try inference.result(of: outcome, fit, data, rows, parameter)
    let summary = FitReport(
      command: CommandLine.arguments.joined(separator: " "), data: data, family: family, outcome: outcome,
      inference: inferred, path: path.map { PathReport($0, data, hasIntercept: hasIntercept) })
    if !outcome.hasDiverged {
      let fitted = FittedModel(
        family: family, target: building.target(columns), data: data, offset: columns.offset,
        exposure: columns.exposure, predictors: outcome.predictors, thresholds: outcome.thresholds,
        covariance: inference.stored(inferred, data, fit, outcome))
      if let model { try JSONReport.write(fitted, to: model) }
      try files.write(fitted)
    }
    try report.map(summary.document.write(to:))
    if let trace { try JSONReport.write(TraceJSON(outcome), to: trace) }
    let pathJSON = path.map { PathJSON($0, data, hasIntercept: hasIntercept) }
    if let json { try JSONReport.write(FitJSON(outcome, data, inferred, seconds, path: pathJSON), to: json) }
    checkpoints?.finish()
    // Constant steps need no certificate; the default is to find the solution.
    let isCertified = steps.isExplicit || outcome.status == .converged
    if !isCertified { StandardError.warn("the fit is not certified to be the solution: \(outcome.reason)") }
    if json != "-" { try printSummary(summary) }
    if let model = model ?? files.onnx, outcome.hasDiverged {
      throw EspalierError(refusal: "\(model) is not written: the fit \(outcome.reason)")
    }
    guard isCertified else { throw ExitCode.uncertified }
  }

  var hasIntercept: Bool { intercept && building.hasIntercept }

  private var options: FitOptions {
    var options = FitOptions(
      steps: steps.constant, epochs: steps.epochs,
      order: steps.order.order(seed: seed), intercept: hasIntercept, standardize: standardize, l1: l1, l2: l2,
      validation: validation, patience: patience, seed: seed)
    if let initialStep = steps.initialStep { options.initialStep = initialStep }
    return options
  }

  private func printSummary(_ summary: FitReport) throws(EspalierError) {
    if let path = summary.path {
      try StandardOutput.print(TextTable(path.table(limit: 20), for: .standardOutput).text + "\n")
    }
    try StandardOutput.print(TextTable(summary.terminalTable(limit: 40), for: .standardOutput).text)
    try StandardOutput.print("\n" + summary.sentences.map(\.printable).joined(separator: "\n"))
  }
}
