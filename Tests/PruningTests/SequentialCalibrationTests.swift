import EspalierEngine
import EspalierExecution
import EspalierGraph
import EspalierLinearAlgebra
import EspalierOperators
import EspalierPruning
import EspalierTensors
import Testing

/// Pruning in order, with values kept from group to group, against its slow twin.
///
/// The twin prunes each group alone, by Gram matrices, in the network that the groups before it have left.
struct SequentialCalibrationTests {
  static let networks = ["residual", "inverted residual", "dense"]

  private func network(_ name: String) -> ConvolutionalNetworks {
    switch name {
    case "residual": .residual(seed: 3)
    case "inverted residual": .invertedResidual(seed: 4)
    default: .dense(seed: 5)
    }
  }

  /// Prunes group by group, in the order of the first node that depends on each, and returns the graph and the groups.
  private func slowly(
    _ graph: Graph, _ request: PruningRequest, _ data: InMemoryCalibration, _ backend: any Backend
  ) throws -> (graph: Graph, groups: [String: PruningResult.Group]) {
    func position(_ group: PruningGroup) -> Int {
      group.consumers.compactMap { layer in graph.nodes.firstIndex { $0.outputs == [layer.product] } }.min()!
    }
    var left = graph
    var found: [String: PruningResult.Group] = [:]
    for group in try request.targets(among: graph.pruningGroups()).sorted(by: { position($0) < position($1) }) {
      var alone = request
      alone.only = [group.id]
      let result = try CalibratedNetwork(left, for: alone, calibration: data, backend: backend).pruned(alone)
      found[group.id] = result.groups[0]
      left = result.graph
    }
    return (left, found)
  }

  private func check(_ result: PruningResult, _ oracle: (graph: Graph, groups: [String: PruningResult.Group])) {
    #expect(result.groups.count == oracle.groups.count && result.groups.count > 1)
    for group in result.groups {
      let other = oracle.groups[group.group.id]!
      #expect(group.selection.kept == other.selection.kept, "\(group.group.id)")
      #expect(abs(group.residual - other.residual) <= 1e-4 * other.residual, "\(group.group.id)")
      #expect(abs(group.outputEnergy - other.outputEnergy) <= 1e-4 * other.outputEnergy, "\(group.group.id)")
      #expect((group.refittedResidual == nil) == (other.refittedResidual == nil), "\(group.group.id)")
      if let residual = other.refittedResidual {
        #expect(abs(group.refittedResidual! - residual) <= 1e-3 * residual, "\(group.group.id)")
      }
    }
    for (name, tensor) in oracle.graph.constants where tensor.elementType == .float32 {
      #expect(relativeDifference(result.graph.constants[name]!.doubles()!, tensor.doubles()!) < 1e-3, "\(name)")
    }
    #expect(result.verification.holds)
  }

  @Test(arguments: networks, [PruningRequest.Scope.inner, .all])
  func equalsTheSlowTwin(_ name: String, _ scope: PruningRequest.Scope) throws {
    var network = network(name)
    let data = network.calibration(24)
    for backend in Backends.all {
      for (method, refit) in [
        (ISpaSP() as any SelectionMethod, nil), (ISpaSP(), Ridge(1e-2)), (GreedyForwardSelection(), nil),
        (OrthogonalMatchingPursuit(), Ridge(1e-2)), (Magnitude.L1(), nil),
      ] {
        let request = PruningRequest(
          keeping: 0.6, scope: scope, method: method, refit: refit, target: .layer, batchSize: 7)
        check(
          try network.graph.pruned(request, calibration: data, backend: backend),
          try slowly(network.graph, request, data, backend))
      }
    }
  }

  @Test(arguments: [ISpaSP() as any SelectionMethod, GreedyForwardSelection()], [nil, Ridge(1e-2)])
  func channelsThatAreNormalizedEqualTheSlowTwin(_ method: any SelectionMethod, _ refit: Ridge?) throws {
    let (graph, data) = (try SmallEncoder.graph(), InMemoryCalibration(SmallEncoder.texts(11)))
    let request = PruningRequest(
      keeping: 0.6, scope: .all, method: method, refit: refit, target: .layer, batchSize: 4)
    check(
      try graph.pruned(request, calibration: data), try slowly(graph, request, data, Backends.standard))
  }

  @Test(arguments: networks) func spillingToAFileChangesNothing(_ name: String) throws {
    var network = network(name)
    let data = network.calibration(20)
    var request = PruningRequest(
      keeping: 0.5, scope: .all, method: ISpaSP(), refit: nil, batchSize: 3)
    let inMemory = try network.graph.pruned(request, calibration: data)
    for budget in [0, 4000] {
      request.activationMemory = budget
      let spilled = try network.graph.pruned(request, calibration: data)
      #expect(spilled.graph == inMemory.graph)
      #expect(spilled.groups.map(\.residual) == inMemory.groups.map(\.residual))
    }
  }

  /// With 23 samples the last batch is smaller than the others, whatever their size.
  @Test(arguments: networks) func batchesDoNotMatter(_ name: String) throws {
    var network = network(name)
    let data = network.calibration(23)
    let results = try [1, 6, 64].map {
      try network.graph.pruned(
        PruningRequest(keeping: 0.5, scope: .all, method: ISpaSP(), refit: nil, batchSize: $0), calibration: data)
    }
    for result in results {
      #expect(result.sampleCount == 23)
      #expect(result.groups.map(\.selection.kept) == results[0].groups.map(\.selection.kept))
      #expect(relativeDifference(result.groups.map(\.residual), results[0].groups.map(\.residual)) < 1e-5)
    }
  }

  @Test(arguments: [PruningRequest.Scope.inner, .all], [PruningRequest.Order.sequential, .oneShot])
  func measuredResidualsAreThoseOfTheGramMatrix(_ scope: PruningRequest.Scope, _ order: PruningRequest.Order) throws {
    for name in Self.networks {
      var network = network(name)
      let data = network.calibration(16)
      var request = PruningRequest(keeping: 0.5, scope: scope, method: ISpaSP(), refit: nil, order: order)
      let measured = try network.graph.pruned(request, calibration: data)
      request.tracesResiduals = true
      let traced = try network.graph.pruned(request, calibration: data)
      #expect(traced.graph == measured.graph)
      #expect(measured.groups.count == traced.groups.count && !traced.groups.isEmpty)
      for (first, second) in zip(measured.groups, traced.groups) {
        #expect(first.selection.residual == nil && second.selection.residual != nil)
        #expect(abs(first.residual - second.residual) <= 1e-5 * second.residual)
        #expect(abs(first.outputEnergy - second.outputEnergy) <= 1e-5 * second.outputEnergy)
        #expect(first.selection.trace.map(\.importance) == second.selection.trace.map(\.importance))
        #expect(first.selection.trace.allSatisfy { $0.residualBefore == nil })
        #expect(second.selection.trace.allSatisfy { $0.residualBefore != nil })
      }
    }
  }

  @Test func whatIsKeptWholeLosesNothing() throws {
    var network = network("residual")
    let data = network.calibration(8)
    let result = try network.graph.pruned(
      PruningRequest(keeping: 1, fractions: ["a.conv1": 0.5], method: ISpaSP(), refit: nil), calibration: data)
    #expect(result.groups.map { $0.residual == 0 } == [false, true])
    #expect(result.groups.allSatisfy { $0.outputEnergy > 0 })
  }

  @Test func progressEndsAtItsTotal() throws {
    for order in [PruningRequest.Order.sequential, .oneShot] {
      for scope in [PruningRequest.Scope.inner, .all] {
        for refit in [nil, Ridge()] {
          var network = network("residual")
          let data = network.calibration(10)
          var last = (done: 0, total: 0)
          _ = try network.graph.pruned(
            PruningRequest(
              keeping: 0.5, scope: scope, method: ISpaSP(), refit: refit, order: order, batchSize: 4), calibration: data
          ) { done, total in
            #expect(done >= last.done && (last.total == 0 || total == last.total))
            last = (done, total)
          }
          #expect(last.done == last.total && last.total > 0)
        }
      }
    }
  }

  /// Compares importances through strides, dilations and padding with automatic differentiation.
  @Test func importancesAreGradients() throws {
    for var network in [ConvolutionalNetworks.residual(seed: 6), .invertedResidual(seed: 7)] {
      let data = network.calibration(6)
      let dense = try CalibratedNetwork(network.graph, for: PruningRequest(keeping: 0.5), calibration: data)
      #expect(dense.targets.count == dense.problems.count)
      #expect(dense.targets.contains { $0.consumers[0].activationRank == 4 })
      for (group, problem) in zip(dense.targets, dense.problems) where group.consumers[0].activationRank == 4 {
        let count = max(1, group.size / 3)
        let looped = try LoopedISpaSP(
          network.graph, group, on: data.inputs["input"]!, backend: Backends.standard
        ).select(count, iterations: 3)
        for (step, other) in zip(ISpaSP(iterations: 3).select(count, of: problem).trace, looped) {
          #expect(step.support == other.support)
          #expect(relativeDifference(step.importance, other.importance) < 1e-4)
          #expect(abs(step.residualBefore! - other.residualBefore!) < 1e-4 * other.residualBefore!)
        }
      }
    }
  }
}
