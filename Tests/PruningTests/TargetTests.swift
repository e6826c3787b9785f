import EspalierEngine
import EspalierGraph
import EspalierTensors
import Testing

@testable import EspalierPruning

/// Targets of the dense network, and the statistics that they take.
struct TargetTests {
  /// The statistics of the last group of `graph`, with `dense` beside it.
  private func statistics(
    _ graph: Graph, beside dense: Graph, _ group: PruningGroup, _ data: InMemoryCalibration, folds: Folds = .none
  ) throws -> [GroupReading: ActivationStatistics] {
    let pass = CalibrationPass(
      graph: graph, reference: dense, folds: folds, readings: GroupReading.all(of: [group]), need: .secondMoments,
      gramLimit: 1 << 30)
    return try Calibration(pass, on: data, batchSize: 6, backend: Backends.standard) { _ in }.statistics
  }

  @Test func anUnprunedNetworkAimsAtItself() throws {
    var networks = [ConvolutionalNetworks.residual(seed: 3), .invertedResidual(seed: 4), .dense(seed: 5)]
    for index in networks.indices {
      let data = networks[index].calibration(24)
      let graph = try networks[index].graph.preparedForPruning()
      for group in try graph.pruningGroups() where group.isPrunable {
        for (reading, own) in try statistics(graph, beside: graph, group, data) {
          // Without a target, the moments are those of the layer's own output.
          let weights = try LayerWeights(reading.layer, in: graph)
          guard reading.layer.groups == 1, let target = own.target else { continue }
          var plain = own
          plain.target = nil
          let outputs = Array(0..<weights.weight.rows)
          let rows = Array(0..<weights.weight.columns)
          func moments(_ statistics: ActivationStatistics) -> LayerMoments {
            LayerMoments(statistics, weight: weights.weight, bias: weights.bias, outputs: outputs, rows: rows)!
          }
          let solution = LayerMoments.Solution(weight: weights.weight, bias: weights.bias)
          let energy = target.squares.reduce(0, +)
          #expect(moments(own).error(of: solution) < 1e-5 * energy, "\(reading.layer.label)")
          #expect(moments(plain).error(of: solution) < 1e-5 * energy)
        }
      }
    }
  }

  @Test func laterLayersMakeGoodWhatEarlierOnesLost() throws {
    for scope in [PruningRequest.Scope.inner, .all] {
      var network = ConvolutionalNetworks.residual(seed: 3)
      let data = network.calibration(400)
      func error(_ target: PruningRequest.Target) throws -> Double {
        var request = PruningRequest(keeping: 0.6, scope: scope, refit: Ridge(1e-3), multiple: 1)
        request.target = target
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
    let graph = try network.graph.preparedForPruning()
    let group = try graph.pruningGroups().first { $0.isPrunable }!
    let folds = Folds(of: 24, isSorted: false)
    let whole = try statistics(graph, beside: graph, group, data)
    for (reading, divided) in try statistics(graph, beside: graph, group, data, folds: folds) {
      #expect(divided.folds.count == folds.count && divided.folds.allSatisfy { $0.sampleCount == 6 })
      let own = whole[reading]!
      #expect(divided.count == own.count && divided.sampleCount == own.sampleCount)
      let (one, two) = (divided.gram!.elements, own.gram!.elements)
      #expect(zip(one, two).allSatisfy { abs($0 - $1) <= 1e-5 * own.gram!.diagonal.max()! })
    }
  }
}
