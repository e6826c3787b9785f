import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators

/// What allocations are made from: the groups of a network with their size-error curves, and what widths cost.
package struct BudgetPlanner {
  /// One way to share out a budget.
  package struct Candidate: Sendable {
    /// The rule.
    package let rule: Rule
    /// The number of units of each group.
    package let counts: [String: Int]
    /// The largest share of a budget that it uses, by the cost model.
    package let use: Double
  }

  /// How widths are chosen.
  package enum Rule: String, Sendable, Codable, CaseIterable {
    /// By the size-error curves.
    case allocation
    /// The mean of the two others, group by group.
    case halfway
    /// The same fraction of every group.
    case uniform

    /// The rule in a sentence.
    package var title: String {
      switch self {
      case .allocation: "widths by size-error curves"
      case .halfway: "widths halfway between size-error curves and uniform ones"
      case .uniform: "uniform widths"
      }
    }
  }

  /// The stage of the work.
  package enum Stage: Sendable {
    /// Statistics of all groups, in samples.
    case statistics(done: Int, total: Int)
    /// Size-error curves, in sizes of groups.
    case curves(done: Int, total: Int)
    /// A pruning that is judged, in samples.
    case pruning(title: String, done: Int, total: Int)
  }

  /// The request.
  package let request: BudgetRequest
  /// The measured curves.
  package let sensitivity: Sensitivity
  /// The cost of the dense network.
  package let dense: ModelCost
  let network: CalibratedNetwork
  private let isHeldOut: Bool
  private let groups: [AllocationGroup]
  private let model: CostModel
  /// The types of an input for which costs are counted.
  private let feeds: [String: TensorType]

  /// Gathers statistics and measures curves.
  ///
  /// - Throws: `EspalierError`: a refusal if nothing can be pruned; otherwise if the network or the data cannot be
  ///   used, or a floor is of a group that is not pruned.
  /// - Complexity: a calibration of all groups in one pass, and ``Sensitivity``.
  package init(
    _ graph: Graph, _ request: BudgetRequest, on split: CalibrationSplit, backend: any Backend,
    progress: (Stage) -> Void = { _ in }
  ) throws(EspalierError) {
    self.request = request
    isHeldOut = split.heldOut != nil
    let seen = split.twin ?? split.calibration
    network = try CalibratedNetwork(graph, for: request.pruning, calibration: seen, backend: backend) {
      progress(.statistics(done: $0, total: seen.count))
    }
    try request.checkFloors(network.targets)
    let counts = Dictionary(uniqueKeysWithValues: network.targets.map { ($0.id, request.measuredCounts(of: $0)) })
    sensitivity = try Sensitivity(
      of: network, request.pruning, counts: counts, on: split.heldOut ?? split.calibration,
      progress: { progress(.curves(done: $0, total: $1)) })
    let curves = Dictionary(uniqueKeysWithValues: sensitivity.groups.map { ($0.group.id, $0.curve) })
    groups = network.targets.map { request.allocationGroup($0, curves[$0.id]) }
    model = try CostModel(network.graph, network.targets, like: seen)
    feeds = try graph.feedTypes(batch: 1, like: seen)
    dense = try ModelCost(of: graph, feeds: feeds)
  }

  /// What became of the budgets with a network that costs `after`.
  package func outcome(
    _ after: ModelCost, choices: [BudgetOutcome.Choice] = [], prunings: Int? = nil
  ) -> BudgetOutcome {
    BudgetOutcome(
      entries: request.budgets.map { budget in
        let isMeasured = budget.kind == .latency
        return BudgetOutcome.Entry(
          kind: budget.kind.title, asked: budget.amount(of: isMeasured ? 1 : dense[budget.kind]),
          reached: isMeasured ? nil : after[budget.kind])
      },
      choices: choices, isHeldOut: isHeldOut, curveSamples: sensitivity.sampleCount, prunings: prunings)
  }

  /// The narrowest network's share of the dense network's operations.
  package var smallestShare: Double { model.cost(of: groups.map(\.floor)).macs / max(model.dense.macs, 1) }

  /// The limits of the request in units of each kind; latency is turned into operations by measuring networks along
  /// the path of allocations.
  ///
  /// - Throws: `EspalierError`, a refusal, if the latency cannot be reached.
  package func limits() throws(EspalierError) -> [Budget.Kind: Double] {
    var limits: [Budget.Kind: Double] = [:]
    for budget in request.budgets {
      var (kind, amount) = (budget.kind, budget.amount(of: dense[budget.kind]))
      if case (.latency, .fraction(let fraction)) = (budget.kind, budget.limit) {
        let path = AllocationPath(minimizing: groups, model, kinds: [.macs])
        let probe = try LatencyProbe(network.original, like: network.data, backend: network.backend)
        let state = try path.widest(within: fraction) { (counts) throws(EspalierError) in
          try probe.ratio(of: smallNetwork(counts).restoringDecoders().joiningWholeNumberOperators())
        }
        (kind, amount) = (.macs, model.cost(of: state).macs)
      }
      limits[kind] = min(limits[kind] ?? .infinity, amount)
    }
    return limits
  }

  /// The candidates within `limits`, by the rules of ``Rule``; rules that give the same widths count once.
  ///
  /// - Throws: `EspalierError`, a refusal, if a limit cannot be met, or nothing needs to be pruned.
  package func candidates(_ limits: [Budget.Kind: Double]) throws(EspalierError) -> [Candidate] {
    let kinds = Set(limits.keys)
    let paths = ([kinds] + (kinds.count > 1 ? kinds.sorted { $0.rawValue < $1.rawValue }.map { [$0] } : [])).map {
      AllocationPath(minimizing: groups, model, kinds: $0)
    }
    let allocations = try paths.map { (path) throws(EspalierError) in try allocation(along: path, limits) }
    let best = allocations.min { error(of: $0) < error(of: $1) }!
    guard best.counts != groups.map(\.size) else {
      throw EspalierError(refusal: "nothing is pruned because the dense network is within every budget already")
    }
    let uniform = try allocation(
      along: AllocationPath(scaling: groups.map { _ in 1 }, of: groups), limits)
    let means = zip(zip(best.counts, uniform.counts), groups).map { counts, group in
      Double(counts.0 + counts.1) / Double(2 * group.size)
    }
    let halfway = try allocation(along: AllocationPath(scaling: means, of: groups), limits)
    var seen: Set<[Int]> = []
    return [(Rule.allocation, best), (.uniform, uniform), (.halfway, halfway)].filter {
      seen.insert($0.1.counts).inserted
    }.map { rule, allocation in
      Candidate(
        rule: rule, counts: Dictionary(uniqueKeysWithValues: zip(network.targets.map(\.id), allocation.counts)),
        use: allocation.use)
    }
  }

  /// The sum of errors that the curves foretell.
  private func error(of allocation: Allocation) -> Double {
    zip(groups, allocation.counts).reduce(0) { $0 + $1.0.curve[$1.1] }
  }

  /// The allocation along `path`, checked against the network itself: where the model says too little, limits are
  /// tightened by the difference.
  private func allocation(
    along path: AllocationPath, _ limits: [Budget.Kind: Double]
  ) throws(EspalierError) -> Allocation {
    var tightened = limits
    for _ in 0..<Self.corrections {
      guard
        let allocation = Allocation(
          of: groups, along: path, model, limits: tightened, isRounded: request.pruning.multiple != nil)
      else { throw try unreachable(limits) }
      let cost = try ModelCost(of: smallNetwork(allocation.counts), feeds: feeds)
      let excess = limits.filter { cost[$0.key] > $0.value }
      if excess.isEmpty { return allocation }
      for (kind, limit) in excess { tightened[kind]! *= limit / cost[kind] }
    }
    throw try unreachable(limits)
  }

  /// The most corrections of the model's limits.
  private static let corrections = 4

  private func unreachable(_ limits: [Budget.Kind: Double]) throws(EspalierError) -> EspalierError {
    let smallest = try ModelCost(of: smallNetwork(groups.map(\.floor)), feeds: feeds)
    let missed = limits.sorted { $0.key.rawValue < $1.key.rawValue }.filter { smallest[$0.key] > $0.value }
    let parts = missed.map { kind, limit in
      "the smallest network, every group at its floor, takes \(Int(smallest[kind])) \(kind.title) "
        + "(\((smallest[kind] / max(dense[kind], 1) * 1000).rounded() / 1000) of the dense network's), "
        + "and \(Int(limit)) are allowed"
    }
    return EspalierError(
      refusal: "the budget cannot be met: " + parts.joined(separator: "; ")
        + "; lower --floor, or take in more groups by --scope")
  }

  /// A network of these widths, of the first units of each group: for its cost and its latency alone.
  private func smallNetwork(_ counts: [Int]) throws(EspalierError) -> Graph {
    let kept = zip(network.targets, counts).map { ($0.id, Array(0..<$1)) }
    return try network.graph.pruning(network.targets, keeping: Dictionary(uniqueKeysWithValues: kept))
  }
}

extension ModelCost {
  /// The cost that budgets of `kind` limit; for latency, operations.
  package subscript(_ kind: Budget.Kind) -> Double {
    switch kind {
    case .macs, .latency: Double(macs)
    case .parameters: Double(parameters)
    case .bytes: Double(bytes)
    }
  }
}
