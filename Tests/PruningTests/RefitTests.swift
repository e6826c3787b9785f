import Engine
import Graph
import LinearAlgebra
import Operators
import Pruning
import Tensors
import Testing

/// The re-fit against what it promises: the smallest residual, and the residual it reports.
struct RefitTests {
  /// `|| U - U' ||^2` of two networks' outputs on the same inputs.
  private func squaredDifference(_ first: Graph, _ second: Graph, _ inputs: Tensor) throws -> Double {
    let outputs = try [first, second].map { graph in
      let plan = try Plan(graph, feeds: ["input": TensorType(of: inputs)])
      return try Session(plan).run(["input": inputs])[graph.outputs[0].name]!.doubles()!
    }
    return zip(outputs[0], outputs[1]).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }

  @Test func reportedResidualsAreWhatTheNetworksDo() throws {
    let golden = try Golden()
    for method in SelectionMethods.all {
      let result = try golden.model.graph.pruned(
        PruningRequest(keeping: 0.25, method: method), calibration: golden.data)
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
    var generator = SeededGenerator(seed: 5)
    for name in ["2.weight", "2.bias"] {
      for _ in 0..<10 {
        var changed = result.graph
        let old = changed.constants[name]!
        changed.constants[name] = Tensor(
          shape: old.shape, old.elements(as: Float.self).map { $0 + Float(generator.normal() * 0.03) })
        #expect(try squaredDifference(golden.model.graph, changed, golden.calibration) > best)
      }
    }
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
    let request = PruningRequest(keeping: 0.5, scope: .all, method: GreedyForwardSelection())
    let plain = try graph.pruned(request, calibration: data)
    var withRefit = request
    withRefit.refit = Ridge(1e-9)
    let refitted = try graph.pruned(withRefit, calibration: data)
    for (first, second) in zip(plain.groups, refitted.groups) {
      #expect(second.refittedResidual! <= first.residual * (1 + 1e-9))
    }
    #expect(refitted.verification.holds)
  }
}
