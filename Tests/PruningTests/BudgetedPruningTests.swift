import EspalierDatasets
import EspalierEngine
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierPruning
import EspalierTensors
import Foundation
import Testing

/// Networks pruned to budgets, end to end.
struct BudgetedPruningTests {
  private func perceptron() -> (Graph, Shape) {
    var networks = SmallNetworks(seed: 21)
    return (networks.multilayerPerceptron([6, 40, 30, 4]), [6])
  }

  private func residual() -> (Graph, Shape) { (ConvolutionalNetworks.residual(seed: 22).graph, [3, 8, 8]) }

  private func grouped() -> (Graph, Shape) {
    var network = PieceByPiece(seed: 23, channels: 3)
    network.convolution("reduce", 32)
    network.rectify()
    network.convolution("grouped", 32, kernel: 3, groups: 4)
    network.rectify()
    network.convolution("expand", 24)
    network.rectify()
    network.classify()
    return (network.graph, [3, 4, 4])
  }

  private func split(_ graph: Graph, _ shape: Shape, samples: Int = 80) throws -> CalibrationSplit {
    var networks = SmallNetworks(seed: 24)
    let inputs = networks.tensor(Shape([samples] + shape))
    return CalibrationSplit(try DatasetCalibration(InMemoryDataset(inputs: inputs), for: graph))
  }

  private func request(
    _ budgets: [Budget], scope: PruningRequest.Scope = .all, fractions: [String: Double] = [:], multiple: Int? = nil
  ) -> BudgetRequest {
    BudgetRequest(
      PruningRequest(keeping: 1, fractions: fractions, scope: scope, multiple: multiple), budgets: budgets)
  }

  /// Expects every budget to hold, and one to be used to 98 % or the nearest network to be named.
  private func expectMet(
    _ pruning: BudgetedPruning, _ budgets: [Budget], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let (before, after) = (pruning.result.before, pruning.result.after)
    let uses = budgets.map { after[$0.kind] / $0.amount(of: before[$0.kind]) }
    #expect(uses.allSatisfy { $0 <= 1 }, "\(uses)", sourceLocation: sourceLocation)
    let isNamed = pruning.outcome.warnings.contains { $0.contains("is the nearest possible") }
    #expect((uses.max()! >= 0.98) != isNamed, "\(uses), \(pruning.outcome.warnings)", sourceLocation: sourceLocation)
    #expect(pruning.result.verification.holds, sourceLocation: sourceLocation)
  }

  private static let budgets: [[Budget]] = [
    [Budget(.macs, .fraction(0.75))], [Budget(.macs, .fraction(0.5))], [Budget(.macs, .fraction(0.3))],
    [Budget(.parameters, .fraction(0.6))], [Budget(.parameters, .fraction(0.35))], [Budget(.bytes, .fraction(0.5))],
    [Budget(.macs, .fraction(0.6)), Budget(.bytes, .fraction(0.4))],
  ]

  @Test(arguments: budgets) func perceptronsMeetBudgets(_ budgets: [Budget]) throws {
    let (graph, shape) = perceptron()
    expectMet(try BudgetedPruning(graph, request(budgets), on: split(graph, shape)), budgets)
  }

  @Test(arguments: budgets) func residualNetworksMeetBudgets(_ budgets: [Budget]) throws {
    let (graph, shape) = residual()
    expectMet(try BudgetedPruning(graph, request(budgets), on: split(graph, shape)), budgets)
  }

  @Test(arguments: budgets) func groupedConvolutionsMeetBudgets(_ budgets: [Budget]) throws {
    let (graph, shape) = grouped()
    expectMet(try BudgetedPruning(graph, request(budgets), on: split(graph, shape)), budgets)
  }

  @Test func theKeptNetworkIsNoWorseThanTheUniformOne() throws {
    let (graph, shape) = perceptron()
    let budgets = [Budget(.macs, .fraction(0.4))]
    let pruning = try BudgetedPruning(graph, request(budgets), on: split(graph, shape))
    let choices = pruning.outcome.choices
    #expect(choices.count > 1 && choices.contains { $0.rule == .uniform })
    #expect(choices.map(\.divergence) == choices.map(\.divergence).sorted())
    #expect(pruning.fidelity?.isTwin == true)
    let repeated = try BudgetedPruning(graph, request(budgets), on: split(graph, shape))
    #expect(repeated.result.graph == pruning.result.graph)
  }

  @Test func pinnedGroupsKeepTheirWidth() throws {
    let (graph, shape) = perceptron()
    let budgets = [Budget(.parameters, .fraction(0.5))]
    let pruning = try BudgetedPruning(graph, request(budgets, fractions: ["fc1": 0.5]), on: split(graph, shape))
    #expect(pruning.result.groups.map(\.selection.kept.count)[0] == 20)
    expectMet(pruning, budgets)
  }

  @Test func floorsHoldAndUnreachableBudgetsNameTheSmallestNetwork() throws {
    let (graph, shape) = perceptron()
    var request = request([Budget(.macs, .fraction(0.05))])
    request.floor = 0.5
    let refusal = #expect(throws: EspalierError.self) {
      try BudgetedPruning(graph, request, on: split(graph, shape))
    }
    let smallest = 6 * 20 + 20 * 15 + 15 * 4
    #expect(refusal?.kind == .refusal)
    #expect(refusal?.description.contains("takes \(smallest) MACs") == true, "\(refusal?.description ?? "")")
    request.budgets = [Budget(.macs, .fraction(0.5))]
    request.floors = ["fc2": 0.9]
    let pruning = try BudgetedPruning(graph, request, on: split(graph, shape))
    #expect(pruning.result.groups[1].selection.kept.count >= 27 && pruning.result.groups[0].selection.kept.count >= 20)
    request.floors = ["fc9": 0.9]
    #expect(throws: EspalierError.self) { try BudgetedPruning(graph, request, on: split(graph, shape)) }
  }

  @Test func aBudgetThatHoldsAlreadyIsRefused() throws {
    let (graph, shape) = perceptron()
    let refusal = #expect(throws: EspalierError.self) {
      try BudgetedPruning(graph, request([Budget(.macs, .fraction(1))]), on: split(graph, shape))
    }
    #expect(refusal?.description.contains("within every budget already") == true)
  }

  @Test func explicitRoundingIsKept() throws {
    let (graph, shape) = perceptron()
    let budgets = [Budget(.macs, .fraction(0.5))]
    let pruning = try BudgetedPruning(graph, request(budgets, multiple: 10), on: split(graph, shape))
    #expect(pruning.result.groups.allSatisfy { $0.selection.kept.count % 10 == 0 })
    expectMet(pruning, budgets)
  }

  @Test func theSmallestNetworkThatKeepsWhatIsAskedForIsFound() throws {
    let (graph, shape) = perceptron()
    let split = try split(graph, shape, samples: 400)
    let target = FidelityTarget(error: 0.5)
    let pruning = try BudgetedPruning(smallestOf: graph, reaching: target, request([]), on: split)
    #expect(try #require(pruning.fidelity?.relativeError) <= 0.5)
    #expect(pruning.result.after.macs < pruning.result.before.macs)
    #expect((1...7).contains(try #require(pruning.outcome.prunings)))
    let refusal = #expect(throws: EspalierError.self) {
      try BudgetedPruning(smallestOf: graph, reaching: FidelityTarget(error: 0), request([]), on: split)
    }
    #expect(refusal?.kind == .refusal && refusal?.description.contains("at any size: the best, with") == true)
  }

  @Test func sensitivityIsMeasuredBehindTheGroupAsInTheWholeNetwork() throws {
    let (graph, shape) = residual()
    let split = try split(graph, shape, samples: 40)
    let request = PruningRequest(keeping: 1, scope: .all, order: .oneShot)
    let network = try CalibratedNetwork(graph, for: request, calibration: split.calibration)
    let counts = Dictionary(uniqueKeysWithValues: network.targets.map { ($0.id, [2, $0.size / 2]) })
    let sensitivity = try Sensitivity(of: network, request, counts: counts, on: split.calibration)
    #expect(sensitivity.sampleCount == 40 && sensitivity.groups.map(\.group.id) == network.targets.map(\.id))
    for entry in sensitivity.groups {
      for point in entry.points {
        var alone = request
        alone.counts = [entry.group.id: point.count]
        let small = try network.pruned(alone).graph
        let fidelity = try Fidelity(of: small, against: graph, on: split.calibration)
        #expect(fidelity.relativeError! > 0 && point.divergence > 0)
        let other = try classDivergence(small, graph, split.calibration)
        #expect(abs(point.divergence - other) <= 1e-3 * other + 1e-6, "\(entry.group.id), \(point.count)")
      }
    }
  }

  /// `mean over samples of sum over classes p log(p / q)`, p and q the softmax of the networks' outputs.
  private func classDivergence(_ small: Graph, _ dense: Graph, _ data: DatasetCalibration) throws -> Double {
    func probabilities(_ graph: Graph, _ inputs: [String: Tensor]) throws -> [[Double]] {
      let output = graph.outputs[0].name
      let session = try Session(Plan(graph, feeds: inputs.mapValues(TensorType.init(of:))), on: Backends.standard)
      let scores = try #require(try session.run(inputs)[output])
      let (values, width) = (scores.doubles()!, scores.shape[1])
      return stride(from: 0, to: values.count, by: width).map { start in
        let powers = values[start..<start + width].map(exp)
        return powers.map { $0 / powers.reduce(0, +) }
      }
    }
    var (sum, count) = (0.0, 0)
    let stream = try data.batches(of: 64)
    while let batch = try stream.next() {
      for (p, q) in zip(try probabilities(dense, batch), try probabilities(small, batch)) {
        sum += zip(p, q).reduce(0) { $1.0 > 0 ? $0 + $1.0 * log($1.0 / $1.1) : $0 }
        count += 1
      }
    }
    return sum / Double(count)
  }
}
