import EspalierDatasets
import EspalierFiles
import EspalierGraph
import EspalierProcesses
import EspalierPruning
import EspalierTensors
import EspalierTestSupport
import Testing

/// Several processes prune to the bytes of one. Threads stand for processes.
struct ManyProcessesTests {
  private struct Outcome: Equatable, Sendable {
    let graph: Graph
    let kept: [[Int]]
    let residuals: [Double]
    let samples: Int

    init(_ result: PruningResult) {
      graph = result.graph
      kept = result.groups.map(\.selection.kept)
      residuals = result.groups.flatMap { [$0.residual, $0.outputEnergy, $0.refittedResidual ?? 0] }
      samples = result.sampleCount
    }
  }

  private func expectSameBytes(
    _ graph: Graph, _ request: PruningRequest, _ data: any CalibrationData, by counts: [Int] = [2, 3, 4, 8],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let alone = Outcome(try graph.pruned(request, calibration: data))
    #expect(alone.kept.count > 1, sourceLocation: sourceLocation)
    for count in counts {
      let outcomes = ThreadedGroup.run(count) { group in
        var request = request
        request.processes = group
        return Outcome(try graph.pruned(request, calibration: data))
      }
      #expect(outcomes.allSatisfy { $0 == alone }, "\(count) processes", sourceLocation: sourceLocation)
    }
  }

  static let methods: [(any SelectionMethod, Ridge?)] = [
    (Automatic(), .byFolds), (ISpaSP(), nil), (BackwardElimination(), Ridge(1e-2)),
  ]

  /// 41 samples in batches of 5: the last round has one batch, and its batch one sample.
  @Test(arguments: [PruningRequest.Order.sequential, .oneShot], [PruningRequest.Scope.inner, .all])
  func networksArePrunedToTheSameBytes(_ order: PruningRequest.Order, _ scope: PruningRequest.Scope) throws {
    for var network in [ConvolutionalNetworks.residual(seed: 3), .invertedResidual(seed: 4)] {
      let data = network.calibration(41)
      for (method, refit) in Self.methods {
        try expectSameBytes(
          network.graph,
          PruningRequest(keeping: 0.6, scope: scope, method: method, refit: refit, order: order, batchSize: 5), data)
      }
    }
  }

  /// Two batches for up to eight processes: most have none of their own.
  @Test func moreProcessesThanBatchesAreNoHarm() throws {
    var network = ConvolutionalNetworks.residual(seed: 3)
    let data = network.calibration(12)
    try expectSameBytes(network.graph, PruningRequest(keeping: 0.6, batchSize: 6), data)
  }

  @Test func textsOfManyLengthsArePrunedToTheSameBytes() throws {
    let request = PruningRequest(keeping: 0.6, scope: .all, batchSize: 2)
    try expectSameBytes(try SmallEncoder.graph(), request, InMemoryCalibration(SmallEncoder.texts(11)))
  }

  /// Each process reads its own batches alone, and the same are skipped as by one.
  @Test func dataSetsWithUnreadableSamplesAreShared() throws {
    var network = ConvolutionalNetworks.dense(seed: 5)
    let inputs = network.calibration(30).inputs["input"]!
    for unreadable: Set<Int> in [[], [3], [0, 9, 10, 28, 29]] {
      let data = PatchyDataset(try InMemoryDataset(inputs: inputs), without: unreadable)
      try expectSameBytes(
        network.graph, PruningRequest(keeping: 0.6, batchSize: 4), DatasetCalibration(data, for: network.graph))
    }
  }

  /// Sums over maps are as long as the maps: processes that see other sizes end with the same sentence.
  @Test func mapsOfDifferentSizesAreRefused() {
    var graph = ConvolutionalNetworks.residual(seed: 3).graph
    graph.inputs[0].dimensions = [.symbolic("N"), .fixed(3), .symbolic("H"), .symbolic("W")]
    let open = graph
    let faults = ThreadedGroup.run(2) { group in
      var request = PruningRequest(keeping: 0.6, batchSize: 1)
      request.processes = group
      return dataError { () throws(EspalierError) in try open.pruned(request, calibration: GrowingMaps()) }
    }
    for fault in faults {
      #expect(fault?.kind == .refusal && fault?.fault.contains("inputs of different sizes") == true)
    }
  }

  /// Sums over maps of every size count: those of all are the sums of those of each.
  @Test func mapsOfDifferentSizesAddUp() throws {
    var graph = ConvolutionalNetworks.residual(seed: 3).graph
    graph.inputs[0].dimensions = [.symbolic("N"), .fixed(3), .symbolic("H"), .symbolic("W")]
    func statistics(_ data: any CalibrationData) throws -> [ActivationStatistics] {
      try CalibratedNetwork(graph, for: PruningRequest(keeping: 0.6, batchSize: 1), calibration: data).problems
        .flatMap { $0.consumers.map(\.statistics) }
    }
    let all = try statistics(GrowingMaps())
    let each = try (0..<4).map { try statistics(GrowingMaps(only: $0)) }
    #expect(!all.isEmpty)
    for (index, whole) in all.enumerated() {
      let parts = each.map { $0[index] }
      #expect(whole.sampleCount == 4 && whole.count == parts.reduce(0) { $0 + $1.count })
      func expectSum(_ numbers: (ActivationStatistics) -> [Double]) {
        let sums = parts.dropFirst().reduce(numbers(parts[0])) { zip($0, numbers($1)).map(+) }
        for (own, sum) in zip(numbers(whole), sums) { #expect(abs(own - sum) <= 1e-9 * max(1, abs(sum))) }
      }
      expectSum(\.sum)
      expectSum(\.tapSums.sums)
      expectSum(\.tapSums.counts)
      expectSum(\.channelSizes)
      expectSum { $0.gram?.elements ?? [] }
    }
  }

  /// A state that some processes have written serves any number of others.
  @Test(arguments: [1, 2, 3], [1, 2, 5]) func statesServeAnyNumberOfProcesses(_ writers: Int, _ readers: Int) throws {
    let folder = try TemporaryDirectory()
    let path = folder.path
    var network = ConvolutionalNetworks.residual(seed: 3)
    let (graph, data) = (network.graph, network.calibration(20))
    let request = PruningRequest(keeping: 0.6, batchSize: 5)
    let alone = Outcome(try graph.pruned(request, calibration: data))
    _ = ThreadedGroup.run(writers) { group in
      var request = request
      request.processes = group
      var pruning = try SequentialPruning(graph, request, calibration: data)
      _ = try pruning.next()
      try pruning.state.write(to: path, among: group)
    }
    let outcomes = ThreadedGroup.run(readers) { group in
      var request = request
      request.processes = group
      var pruning = try SequentialPruning(
        graph, request, calibration: data, from: PruningState(contentsOf: path))
      while try pruning.next() {}
      return Outcome(try pruning.finish())
    }
    #expect(outcomes.allSatisfy { $0 == alone })
  }
}

/// Samples of 8 x 8, 10 x 10, 12 x 12 and 14 x 14, a batch each, or one of them.
private struct GrowingMaps: CalibrationData {
  let name = "growing maps"
  var only: Int?

  var count: Int { only == nil ? 4 : 1 }

  func batches(of size: Int) -> any CalibrationStream { Stream(only) }

  private final class Stream: CalibrationStream {
    private var size: Int
    private let last: Int

    init(_ only: Int?) { (size, last) = only.map { (6 + 2 * $0, 8 + 2 * $0) } ?? (6, 14) }

    func next() -> [String: Tensor]? {
      guard size < last else { return nil }
      size += 2
      return ["input": Tensor(shape: [1, 3, size, size], (0..<3 * size * size).map { Float($0 % 7) })]
    }
  }
}

/// Samples some of which cannot be read.
private struct PatchyDataset: Dataset {
  let base: InMemoryDataset
  let unreadable: Set<Int>

  init(_ base: InMemoryDataset, without unreadable: Set<Int>) {
    (self.base, self.unreadable) = (base, unreadable)
  }

  var name: String { base.name }
  var count: Int { base.count }
  var sampleShape: Shape { base.sampleShape }
  var classCount: Int? { base.classCount }

  func samples(at indices: [Int]) throws(EspalierError) -> Batch {
    try base.samples(at: indices.filter { !unreadable.contains($0) })
  }

  /// Full batches of what can be read.
  func stream(_ order: [Int]?, epoch: Int, batchSize: Int) throws(EspalierError) -> any BatchStream {
    try base.stream(
      (order ?? Array(0..<count)).filter { !unreadable.contains($0) }, epoch: epoch, batchSize: batchSize)
  }
}
