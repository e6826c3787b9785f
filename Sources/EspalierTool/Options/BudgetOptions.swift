import ArgumentParser
import EspalierDatasets
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierPruning

/// What a pruned network may cost, or has to keep.
struct BudgetOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      What the result may cost, of the dense network's (macs=0.5, latency=0.6) or at all (macs=200M, parameters=2M, \
      bytes=10MB); repeat for several.
      """, valueName: "KIND=LIMIT"))
  var budget: [String] = []
  @Option(help: "Find the smallest network with the same first class on this share of the inputs held out.")
  var agree: Double?
  @Option(help: "Find the smallest network with at most this relative error on the inputs held out.")
  var error: Double?
  @Option(
    help: ArgumentHelp(
      "With a budget, --agree or --error: the smallest fraction of its units that a group keeps (default: 0.1).",
      valueName: "[GROUP=]FRACTION"))
  var floor: [KeepArgument] = []

  func validate() throws {
    do {
      _ = try budgets
    } catch {
      throw ValidationError(error.description)
    }
    guard budget.isEmpty || agree == nil && error == nil else {
      throw ValidationError(
        "--budget says what the network may cost, --agree and --error what it has to keep; give one")
    }
    guard agree.map({ (0...1).contains($0) }) ?? true else {
      throw ValidationError("--agree takes a share, as in 0.99")
    }
    guard error.map({ $0 >= 0 }) ?? true else { throw ValidationError("--error takes a number that is not negative") }
    guard isGiven || floor.isEmpty else { throw ValidationError("--floor goes with --budget, --agree or --error") }
  }

  /// Whether widths follow from a budget or a target.
  var isGiven: Bool { !budget.isEmpty || target != nil }

  /// Whether a budget is one of latency.
  var limitsLatency: Bool { (try? budgets)?.contains { $0.kind == .latency } ?? false }

  /// The budgets.
  private var budgets: [Budget] {
    get throws(EspalierError) { try budget.map { (text) throws(EspalierError) in try Budget(parsing: text) } }
  }

  /// What has to be kept; `nil` if a budget is given instead.
  private var target: FidelityTarget? {
    agree == nil && error == nil ? nil : FidelityTarget(agreement: agree, error: error)
  }

  /// `pruning` within the budgets.
  func request(_ pruning: PruningRequest) throws(EspalierError) -> BudgetRequest {
    BudgetRequest(
      pruning, budgets: try budgets,
      floor: floor.last { $0.group == nil }?.fraction ?? BudgetRequest.standardFloor,
      floors: Dictionary(floor.compactMap { floor in floor.group.map { ($0, floor.fraction) } }) { $1 })
  }

  /// Prunes `graph` within the budgets, or to the smallest network that keeps what is asked for.
  func prune(
    _ graph: Graph, _ pruning: PruningRequest, on split: CalibrationSplit, backend: any Backend,
    progress: (BudgetPlanner.Stage) -> Void
  ) throws(EspalierError) -> BudgetedPruning {
    let request = try request(pruning)
    guard let target else {
      return try BudgetedPruning(graph, request, on: split, backend: backend, progress: progress)
    }
    return try BudgetedPruning(
      smallestOf: graph, reaching: target, request, on: split, backend: backend, progress: progress)
  }

  /// The widths for a budget alone, without a pruning to compare: for a network that is trained after each group.
  func widths(
    of graph: Graph, _ pruning: PruningRequest, on split: CalibrationSplit, backend: any Backend,
    progress: (BudgetPlanner.Stage) -> Void
  ) throws(EspalierError) -> (request: PruningRequest, planner: BudgetPlanner) {
    let planner = try BudgetPlanner(graph, request(pruning), on: split, backend: backend, progress: progress)
    return (pruning.keeping(try planner.candidates(planner.limits())[0].counts), planner)
  }
}
