import EspalierEngine
import EspalierGraph
import EspalierLinearAlgebra
import EspalierOperators
import EspalierPruning
import EspalierTensors
import Testing

/// Compares the form that is used where a Gram matrix would be too large with the full form.
struct ContributionTests {
  private func cheap(_ request: PruningRequest) -> PruningRequest {
    var request = request
    request.gramLimit = 0
    return request
  }

  private static func networks() -> [ConvolutionalNetworks] {
    [.flattened(seed: 1), .residual(seed: 2), .dense(seed: 3)]
  }

  @Test(arguments: Backends.all.map(\.name)) func interactionsAndEnergiesAreTheSame(_ backend: String) throws {
    let backend = Backends.all.first { $0.name == backend }!
    for var network in Self.networks() {
      let data = network.calibration(9)
      let request = PruningRequest(keeping: 0.5, scope: .all, batchSize: 4)
      let full = try CalibratedNetwork(network.graph, for: request, calibration: data, backend: backend)
      let small = try CalibratedNetwork(network.graph, for: cheap(request), calibration: data, backend: backend)
      #expect(full.problems.count == small.problems.count && !full.problems.isEmpty)
      for (first, second) in zip(full.problems, small.problems) {
        #expect(second.consumers.allSatisfy { $0.statistics.gram == nil })
        #expect(relativeDifference(second.interaction!.elements, first.interaction!.elements) < 1e-5)
        #expect(abs(second.outputEnergy! - first.outputEnergy!) < 1e-5 * first.outputEnergy!)
        #expect(ISpaSP().select(2, of: first).kept == ISpaSP().select(2, of: second).kept)
        #expect(
          GreedyForwardSelection().select(2, of: first).kept == GreedyForwardSelection().select(2, of: second).kept)
      }
    }
  }

  @Test func oneFactorAUnitLiesBetweenNoneAndAll() throws {
    for var network in Self.networks() {
      let data = network.calibration(12)
      for method in SelectionMethods.general {
        let request = PruningRequest(keeping: 0.5, scope: .all, method: method, refit: Ridge(1e-6), order: .oneShot)
        var plain = request
        plain.method = RandomSelection()
        plain.refit = nil
        let full = try network.graph.pruned(request, calibration: data)
        let small = try network.graph.pruned(cheap(request), calibration: data)
        #expect(small.verification.holds)
        #expect(full.groups.count == small.groups.count && !full.groups.isEmpty)
        for (first, second) in zip(full.groups, small.groups) {
          #expect(second.refittedResidual! <= second.residual * (1 + 1e-6), "\(method.identifier)")
          if first.selection.kept == second.selection.kept {
            #expect(first.refittedResidual! <= second.refittedResidual! * (1 + 1e-4), "\(method.identifier)")
          }
        }
      }
    }
  }

  /// `|| U - U' ||^2` of two networks' values on the same inputs.
  private func squaredDifference(_ first: Graph, _ second: Graph, of value: String, _ inputs: Tensor) throws -> Double {
    let values = try [first, second].map { graph in
      try Session(Plan(graph, feeds: ["input": TensorType(of: inputs)], results: [value])).run(["input": inputs])[
        value]!
        .doubles()!
    }
    return zip(values[0], values[1]).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }

  @Test func theFactorsAreBest() throws {
    var network = ConvolutionalNetworks.flattened(seed: 4)
    let data = network.calibration(40)
    let request = PruningRequest(keeping: 1, fractions: ["conv": 0.5], only: ["conv"], refit: Ridge(0))
    let result = try network.graph.pruned(cheap(request), calibration: data)
    let output = result.groups[0].group.consumers[0].output
    let inputs = data.inputs["input"]!
    let best = try squaredDifference(network.graph, result.graph, of: output, inputs)
    #expect(abs(best - result.groups[0].refittedResidual!) < 1e-3 * best)
    #expect(best < result.groups[0].residual)
    for unit in 0..<3 {
      for factor in [0.97, 1.03] as [Float] {
        var changed = result.graph
        let weight = changed.constants["fc.weight"]!
        let values = weight.elements(as: Float.self).enumerated().map { $0 % 75 / 25 == unit ? $1 * factor : $1 }
        changed.constants["fc.weight"] = Tensor(shape: weight.shape, values)
        #expect(try squaredDifference(network.graph, changed, of: output, inputs) > best)
      }
    }
  }

  @Test func layersBesideTheGroupKeepTheirWeights() throws {
    var network = ConvolutionalNetworks.dense(seed: 9)
    let data = network.calibration(30)
    // The third layer reads the rest of the first and all of the second; its re-fit may use both, and drops nothing.
    for limit in [0, 1 << 30] {
      var request = PruningRequest(keeping: 1, fractions: ["first": 0.5], only: ["first"], refit: Ridge(1e-3))
      request.gramLimit = limit
      let result = try network.graph.pruned(request, calibration: data)
      #expect(result.graph.constants["third.weight"]!.shape == [7, 8, 3, 3])
      let second = result.graph.constants["third.weight"]!.taking([3, 4, 5, 6, 7], along: 1).doubles()!
      #expect(second.allSatisfy { $0 != 0 })
      #expect(result.groups[0].refittedResidual! < result.groups[0].residual)
    }
  }
}
