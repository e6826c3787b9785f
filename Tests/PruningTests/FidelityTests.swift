import EspalierDatasets
import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierPruning
import EspalierTensors
import Foundation
import Testing

/// The agreement of pruned networks with dense ones, on inputs that they have not seen.
@Suite struct FidelityTests {
  private static let classes = 4

  private func network(_ widths: [Int] = [6, 24, classes]) -> Graph {
    var networks = SmallNetworks()
    return networks.multilayerPerceptron(widths)
  }

  private func samples(_ count: Int, seed: UInt64 = 7) throws -> InMemoryDataset {
    var networks = SmallNetworks(seed: seed)
    return try InMemoryDataset(inputs: networks.tensor([count, 6]))
  }

  private func calibration(_ count: Int, for graph: Graph) throws -> DatasetCalibration {
    try DatasetCalibration(samples(count), for: graph)
  }

  @Test func aNetworkAnswersAsItself() throws {
    let graph = network()
    let fidelity = try Fidelity(of: graph, against: graph, on: calibration(30, for: graph))
    #expect(fidelity.agreement == 1 && fidelity.relativeError == 0 && fidelity.samples == 30)
  }

  @Test(arguments: Backends.all) func figuresAreThoseOfTheDefinition(backend: any Backend) throws {
    let graph = network()
    var other = graph
    other.constants["fc2.weight"] = graph.constants["fc2.weight"]!.taking([1, 0, 3, 2], along: 0)
    let data = try samples(50)
    let fidelity = try Fidelity(of: other, against: graph, on: DatasetCalibration(data, for: graph), backend: backend)

    var (error, energy, agreeing, divergence) = (0.0, 0.0, 0, 0.0)
    let (own, dense) = (try answers(other, data), try answers(graph, data))
    for row in 0..<50 {
      let range = row * Self.classes..<(row + 1) * Self.classes
      let (x, y) = (Array(own[range]), Array(dense[range]))
      for (a, b) in zip(x, y) {
        error += (a - b) * (a - b)
        energy += b * b
      }
      agreeing += x.firstIndex(of: x.max()!) == y.firstIndex(of: y.max()!) ? 1 : 0
      divergence += zip(Self.softmax(y), Self.softmax(x)).reduce(0) { $0 + $1.0 * log($1.0 / $1.1) } / 50
    }
    #expect(agreeing < 50)
    #expect(fidelity.outputs.map(\.name) == graph.outputs.map(\.name))
    #expect(abs(fidelity.relativeError! - (error / energy).squareRoot()) < 1e-5)
    #expect(fidelity.agreement == Double(agreeing) / 50)
    let measured = try #require(fidelity.outputs[0].klDivergence)
    #expect(divergence > 0 && abs(measured / divergence - 1) < 1e-4)
  }

  private static func softmax(_ row: [Double]) -> [Double] {
    let exponentials = row.map { exp($0) }
    return exponentials.map { $0 / exponentials.reduce(0, +) }
  }

  /// The divergence is the same whether a network ends in scores or in their softmax.
  @Test func rowsOfProbabilitiesAreTakenAsTheyAre() throws {
    func ending(in ending: OperatorName, _ graph: Graph) -> Graph {
      var builder = GraphBuilder(graph)
      let name = builder.add(ending, [graph.outputs[0].name], ["axis": .int(1)], output: "ended")
      var ended = builder.graph
      ended.outputs = [ValueInfo(name)]
      return ended
    }
    let graph = network()
    var other = graph
    other.constants["fc2.weight"] = graph.constants["fc2.weight"]!.taking([1, 0, 3, 2], along: 0)
    let data = try calibration(50, for: graph)
    let scores = try #require(try Fidelity(of: other, against: graph, on: data).outputs[0].klDivergence)
    for name in ["Softmax", "LogSoftmax"] as [OperatorName] {
      let fidelity = try Fidelity(of: ending(in: name, other), against: ending(in: name, graph), on: data)
      let divergence = try #require(fidelity.outputs[0].klDivergence)
      #expect(abs(divergence / scores - 1) < 1e-4)
    }
  }

  @Test func ofOutputsWithoutClassesThereIsNoDivergence() throws {
    let graph = network([6, 24, 1])
    let fidelity = try Fidelity(of: graph, against: graph, on: calibration(20, for: graph))
    #expect(fidelity.outputs[0].klDivergence == nil && fidelity.worstDivergence == nil)
    #expect(fidelity.agreement == nil && fidelity.agreementInterval == nil)
  }

  /// The formula, worked out apart from this code.
  @Test(arguments: [(1.0, 20, 0.838875, 1.0), (0.5, 8, 0.215216, 0.784784), (0.0, 10, 0.0, 0.277533)])
  func theIntervalIsWilsons(share: Double, count: Int, low: Double, high: Double) {
    let interval = WilsonInterval(share: share, of: count)
    #expect(abs(interval.low - low) < 1e-5 && abs(interval.high - high) < 1e-5, "\(interval)")
  }

  @Test(arguments: [0.5, 0.8, 0.97]) func soManySamplesMakeTheIntervalNarrow(share: Double) {
    let count = WilsonInterval.samples(for: share, within: 0.03)
    let interval = WilsonInterval(share: share, of: count)
    #expect(interval.high - interval.low < 0.066 && interval.high - interval.low > 0.04)
  }

  /// The network's outputs, worked out in double precision.
  private func answers(_ graph: Graph, _ data: InMemoryDataset) throws -> [Double] {
    var values = data.inputs.doubles()!
    for layer in 1...2 {
      let weight = graph.constants["fc\(layer).weight"]!
      let (rows, columns) = (weight.shape[0], weight.shape[1])
      let (w, b) = (weight.doubles()!, graph.constants["fc\(layer).bias"]!.doubles()!)
      var next: [Double] = []
      for sample in 0..<values.count / columns {
        for row in 0..<rows {
          let sum = (0..<columns).reduce(b[row]) { $0 + w[row * columns + $1] * values[sample * columns + $1] }
          next.append(layer == 1 ? max(0, sum) : sum)
        }
      }
      values = next
    }
    return values
  }

  @Test func manyInputsAreHeldOutFromThePruningItself() throws {
    let graph = network()
    let data = try calibration(2000, for: graph)
    let split = CalibrationSplit(data)
    #expect(split.calibration.count == 1600 && split.heldOut?.count == 400 && split.twin == nil)
    let request = PruningRequest(keeping: 0.5)
    let measured = try MeasuredPruning(graph, request, on: split)
    #expect(measured.result.sampleCount == 1600)
    let fidelity = try #require(measured.fidelity)
    #expect(fidelity.samples == 400 && !fidelity.isTwin)
    #expect(fidelity == (try Fidelity(of: measured.result.graph, against: graph, on: split.heldOut!)))
  }

  @Test func ofFewInputsAllAreUsedAndATwinIsJudged() throws {
    let graph = network()
    let data = try calibration(100, for: graph)
    let split = CalibrationSplit(data)
    #expect(split.calibration.count == 100 && split.heldOut?.count == 20 && split.twin?.count == 80)
    let request = PruningRequest(keeping: 0.5)
    let measured = try MeasuredPruning(graph, request, on: split)
    #expect(measured.result.graph == (try graph.pruned(request, calibration: data).graph))
    let twin = try graph.pruned(request, calibration: split.twin!).graph
    #expect(measured.fidelity == (try Fidelity(of: twin, against: graph, on: split.heldOut!, isTwin: true)))
    // Inputs beyond those asked for are as good as unseen ones.
    let limited = CalibrationSplit(data, limit: 60)
    #expect(limited.calibration.count == 60 && limited.heldOut?.count == 40 && limited.twin == nil)
  }

  /// Each image shows the layers that read inner groups 16 windows or more, of at most 81 weights and a bias: 15.6 and
  /// 3.1 of them for each weight.
  @Test(arguments: [(100, nil), (20, 16)]) func layersThatSeeManyRowsNeedNoTwin(images: Int, twin: Int?) throws {
    var network = ConvolutionalNetworks.residual(seed: 3)
    let inputs = try #require(network.calibration(images).inputs["input"])
    let data = try DatasetCalibration(InMemoryDataset(inputs: inputs), for: network.graph)
    let split = CalibrationSplit(data, for: network.graph, PruningRequest(keeping: 0.5))
    #expect(split.twin?.count == twin && split.heldOut?.count == images / 5)
    #expect(split.calibration.count == (twin == nil ? images * 4 / 5 : images))
    #expect(CalibrationSplit(data).twin?.count == images * 4 / 5)
  }

  @Test func whatIsReportedHoldsForOtherInputs() throws {
    // As many kept weights as inputs: the inputs that were seen are fitted, others are not.
    let graph = network([6, 64, Self.classes])
    let data = try calibration(30, for: graph)
    let measured = try MeasuredPruning(
      graph, PruningRequest(keeping: 0.4, refit: Ridge()), on: CalibrationSplit(data))
    let reported = try #require(measured.fidelity?.relativeError)
    func error(on data: DatasetCalibration) throws -> Double {
      try #require(try Fidelity(of: measured.result.graph, against: graph, on: data).relativeError)
    }
    let seen = try error(on: data)
    let unseen = try error(on: DatasetCalibration(samples(2000, seed: 11), for: graph))
    #expect(seen < unseen / 4, "\(seen) on what was seen, \(unseen) on others")
    #expect(reported > unseen / 2 && reported < 2 * unseen, "\(reported) reported, \(unseen) on others")
  }

  @Test func tooFewInputsAreSaidToBe() throws {
    let graph = network([6, 64, Self.classes])
    func sufficiency(_ count: Int, _ request: PruningRequest) throws -> RefitSufficiency? {
      try graph.pruned(request, calibration: calibration(count, for: graph)).groups[0].sufficiency
    }
    let request = PruningRequest(keeping: 0.5)
    let few = try #require(try sufficiency(40, request))
    #expect(few.rows == 40 && few.samples == 40 && few.weights == 33 && few.isTooFew)
    #expect(few.samplesNeeded == 330)
    #expect(try sufficiency(330, request)?.isTooFew == false)
    #expect(try sufficiency(40, PruningRequest(keeping: 0.5, method: ISpaSP(), refit: nil)) == nil)
    #expect(try sufficiency(40, PruningRequest(keeping: 1)) == nil)
  }

  @Test func theDefaultIsBackwardEliminationWithARefitWhereMomentsFit() throws {
    let graph = network()
    let data = try calibration(200, for: graph)
    var request = PruningRequest(keeping: 0.5)
    let usual = try graph.pruned(request, calibration: data)
    #expect(usual.groups[0].method == BackwardElimination.identifier && usual.groups[0].refittedResidual != nil)
    request.method = BackwardElimination()
    #expect(try graph.pruned(request, calibration: data).graph == usual.graph)
    request.method = Automatic()
    request.gramLimit = 8
    let wide = try graph.pruned(request, calibration: data)
    #expect(wide.groups[0].method == ISpaSP.identifier && wide.groups[0].refittedResidual != nil)
  }
}
