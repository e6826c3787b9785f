import EspalierEngine
import EspalierGraph
import EspalierPruning
import EspalierTensors
import Testing

/// Targets of the dense network, and the statistics that they take.
struct TargetTests {
  @Test func oneGroupAloneAimsAtItself() throws {
    for network in [ConvolutionalNetworks.residual(seed: 3), .invertedResidual(seed: 4), .dense(seed: 5)] {
      var network = network
      let data = network.calibration(24)
      let group = try #require(try network.graph.pruningGroups().first { $0.isPrunable && $0.scope == .inner })
      func pruned(_ target: PruningRequest.Target) throws -> PruningResult {
        let request = PruningRequest(keeping: 0.5, only: [group.id], target: target, multiple: 1, batchSize: 6)
        return try network.graph.pruned(request, calibration: data)
      }
      #expect(try pruned(.dense).graph == pruned(.layer).graph, "nothing is lost in front of \(group.id)")
    }
  }

  @Test func laterLayersMakeGoodWhatEarlierOnesLost() throws {
    for scope in [PruningRequest.Scope.inner, .all] {
      var network = ConvolutionalNetworks.residual(seed: 3)
      let data = network.calibration(400)
      func error(_ target: PruningRequest.Target) throws -> Double {
        let request = PruningRequest(keeping: 0.6, scope: scope, refit: Ridge(1e-3), target: target, multiple: 1)
        let result = try network.graph.pruned(request, calibration: data)
        #expect(result.verification.holds && result.groups.count > 1)
        return try #require(Fidelity(of: result.graph, against: network.graph, on: data).relativeError)
      }
      let (dense, own) = (try error(.dense), try error(.layer))
      #expect(dense < own, "\(scope): \(dense) against \(own)")
    }
  }

  @Test func statisticsOfFoldsAddUp() throws {
    var network = ConvolutionalNetworks.residual(seed: 3)
    let data = network.calibration(24)
    func statistics(_ refit: Ridge) throws -> [ActivationStatistics] {
      let request = PruningRequest(keeping: 0.5, refit: refit, multiple: 1)
      return try CalibratedNetwork(network.graph, for: request, calibration: data).problems.flatMap { problem in
        problem.consumers.map(\.statistics)
      }
    }
    for (divided, whole) in zip(try statistics(.byFolds), try statistics(Ridge())) {
      #expect(divided.folds.count == 4 && divided.folds.allSatisfy { $0.sampleCount == 6 } && whole.folds.isEmpty)
      #expect(divided.count == whole.count && divided.sampleCount == whole.sampleCount)
      let (one, two) = (divided.gram!.elements, whole.gram!.elements)
      #expect(zip(one, two).allSatisfy { abs($0 - $1) <= 1e-5 * whole.gram!.diagonal.max()! })
    }
  }
}
