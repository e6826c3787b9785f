import EspalierEngine
import EspalierGraph
import EspalierLinearAlgebra
import EspalierOperators
import EspalierPruning
import EspalierTensors
import Testing

/// The re-fit has the smallest residual and reports it correctly.
struct RefitTests {
  @Test func reportedResidualsAreWhatTheNetworksDo() throws {
    let golden = try Golden()
    for method in SelectionMethods.general {
      let result = try golden.model.graph.pruned(
        PruningRequest(keeping: 0.25, method: method, refit: nil), calibration: golden.data)
      let refitted = try golden.model.graph.pruned(
        PruningRequest(keeping: 0.25, method: method, refit: Ridge(1e-6)), calibration: golden.data)
      let plain = try squaredDifference(golden.model.graph, result.graph, golden.calibration)
      let after = try squaredDifference(golden.model.graph, refitted.graph, golden.calibration)
      #expect(abs(plain - result.groups[0].residual) < 1e-3 * plain, "\(method.identifier)")
      #expect(abs(after - refitted.groups[0].refittedResidual!) < 1e-3 * after, "\(method.identifier)")
      #expect(after < 0.7 * plain, "\(method.identifier)")
      #expect(refitted.groups[0].selection.kept == result.groups[0].selection.kept)
    }
  }

  @Test func noSmallChangeDoesBetter() throws {
    let golden = try Golden()
    let result = try golden.model.graph.pruned(
      PruningRequest(keeping: 0.25, refit: Ridge(0)), calibration: golden.data)
    let best = try squaredDifference(golden.model.graph, result.graph, golden.calibration)
    try expectNoSmallChangeDoesBetter(
      result.graph, than: best, like: golden.model.graph, ["2.weight", "2.bias"], golden.calibration)
  }

  @Test func strongRidgeKeepsThePresentWeights() throws {
    let golden = try Golden()
    let request = PruningRequest(keeping: 0.25, refit: Ridge(1e9))
    let result = try golden.model.graph.pruned(request, calibration: golden.data)
    let kept = result.groups[0].selection.kept
    let old = golden.model.graph.constants["2.weight"]!.taking(kept, along: 1).doubles()!
    #expect(relativeDifference(result.graph.constants["2.weight"]!.doubles()!, old) < 1e-5)
  }

  @Test func layersWithoutBiasAndWithFactorsAreRefitted() throws {
    var networks = SmallNetworks(seed: 9)
    var graph = networks.residual(width: 12)
    graph.nodes[7].attributes["alpha"] = .float(0.5)
    let data = networks.calibration([200, 4])
    let request = PruningRequest(keeping: 0.5, scope: .all, method: GreedyForwardSelection(), refit: nil)
    let plain = try graph.pruned(request, calibration: data)
    var withRefit = request
    withRefit.refit = Ridge(1e-9)
    let refitted = try graph.pruned(withRefit, calibration: data)
    #expect(plain.groups.count == refitted.groups.count && !plain.groups.isEmpty)
    for (first, second) in zip(plain.groups, refitted.groups) {
      #expect(second.refittedResidual! <= first.residual * (1 + 1e-9))
    }
    #expect(refitted.verification.holds)
  }

  @Test func layersThatReadSeveralGroupsAreRefittedToAllOfThem() throws {
    var networks = SmallNetworks(seed: 10)
    let graph = networks.branches(8, 6)
    let data = networks.calibration([200, 5])
    for order in [PruningRequest.Order.sequential, .oneShot] {
      let request = PruningRequest(keeping: 0.5, refit: Ridge(0), order: order)
      let result = try graph.pruned(request, calibration: data)
      #expect(result.groups.map(\.group.id) == ["left", "right"] && result.verification.holds)
      let best = try squaredDifference(graph, result.graph, data.inputs["input"]!)
      // The second group's re-fit starts from the first's, so the last one is the best for both.
      try expectNoSmallChangeDoesBetter(
        result.graph, than: best, like: graph, ["head.weight"], data.inputs["input"]!)
      var plain = request
      plain.refit = nil
      let loss = try squaredDifference(graph, try graph.pruned(plain, calibration: data).graph, data.inputs["input"]!)
      #expect(best < loss)
    }
  }

  @Test func everyMethodLeavesOtherGroupsInPlace() throws {
    var networks = SmallNetworks(seed: 12)
    let graph = networks.branches(8, 6)
    let data = networks.calibration([200, 5])
    for method in SelectionMethods.general {
      let request = PruningRequest(keeping: 0.5, only: ["left"], method: method, refit: Ridge(0))
      let result = try graph.pruned(request, calibration: data)
      let loss = try squaredDifference(graph, result.graph, data.inputs["input"]!)
      #expect(abs(loss - result.groups[0].refittedResidual!) < 1e-3 * loss, "\(method.identifier)")
      #expect(result.graph.constants["right.weight"]?.shape == [6, 5])
    }
  }

  @Test func whatOtherGroupsGiveIsKeptInImportances() throws {
    var networks = SmallNetworks(seed: 11)
    let graph = networks.branches(8, 6)
    let inputs = networks.tensor([50, 5])
    let prepared = try CalibratedNetwork(
      graph, for: PruningRequest(keeping: 0.5), calibration: InMemoryCalibration(["input": inputs]))
    #expect(prepared.targets.count == 2 && prepared.problems.count == 2)
    for (group, problem) in zip(prepared.targets, prepared.problems) {
      let own = ISpaSP().select(3, of: problem)
      let looped = try LoopedISpaSP(graph, group, on: inputs, backend: Backends.standard)
        .select(3, iterations: own.trace.count)
      #expect(!own.trace.isEmpty && !looped.isEmpty)
      for (step, expected) in zip(own.trace, looped) {
        #expect(step.support == expected.support)
        #expect(relativeDifference(step.importance, expected.importance) < 1e-4)
        #expect(abs(step.residualBefore! - expected.residualBefore!) < 1e-3 * expected.residualBefore!)
      }
    }
  }
}
