import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierPruning
import EspalierTensors
import EspalierTestSupport
import Foundation
import Testing

@Suite struct PruningStateTests {
  private let folder: TemporaryDirectory

  init() throws { folder = try TemporaryDirectory() }

  /// Interrupts a pruning after each number of groups, and expects the rest to be as without.
  private func expectSameEnd(
    _ graph: Graph, _ request: PruningRequest, _ data: InMemoryCalibration,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let whole = try graph.pruned(request, calibration: data)
    #expect(whole.groups.count > 1, sourceLocation: sourceLocation)
    var first = try SequentialPruning(graph, request, calibration: data)
    var count = 0
    repeat {
      try first.state.write(to: folder.path)
      var second = try SequentialPruning(
        graph, request, calibration: data, from: PruningState(contentsOf: folder.path))
      while try second.next() {}
      let result = try second.finish()
      #expect(result.graph == whole.graph, "after \(count) groups", sourceLocation: sourceLocation)
      #expect(result.sampleCount == whole.sampleCount && result.verification == whole.verification)
      for (group, other) in zip(result.groups, whole.groups) {
        #expect(group.group.id == other.group.id && group.selection == other.selection)
        #expect(group.residual == other.residual && group.refittedResidual == other.refittedResidual)
        #expect(group.outputEnergy == other.outputEnergy && group.sufficiency == other.sufficiency)
      }
      count += 1
    } while try first.next()
    #expect(count == whole.groups.count + 1, sourceLocation: sourceLocation)
    // The state after the last group needs no values between layers.
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["state"])
  }

  @Test func aPruningThatHasEndedIsNotRepeated() throws {
    var network = ConvolutionalNetworks.residual(seed: 3)
    let data = network.calibration(12)
    var request = PruningRequest(keeping: 0.6, refit: .byFolds, batchSize: 6)
    let whole = try network.graph.pruned(request, calibration: data)
    let checkpoints = try Checkpoints(in: folder.path, every: 0, of: ["prune"]) { _ in }
    request.checkpoints = checkpoints
    var passes: [Int] = []
    for _ in 0..<2 {
      var calls = 0
      let result = try network.graph.pruned(request, calibration: data) { _, _ in calls += 1 }
      #expect(result.graph == whole.graph)
      passes.append(calls)
    }
    #expect(passes[0] > 0 && passes[1] == 0)
    let second = anyDataError { _ = try Checkpoints(in: folder.path, every: 0, of: ["prune"]) { _ in } }
    #expect(second?.fault == "is in use by another process")
    checkpoints.finish()
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test(arguments: [PruningRequest.Scope.inner, .all]) func pruningGoesOnToTheSameBytes(
    scope: PruningRequest.Scope
  ) throws {
    for var network in [ConvolutionalNetworks.residual(seed: 3), .dense(seed: 5)] {
      let data = network.calibration(20)
      for (method, refit) in [(ISpaSP() as any SelectionMethod, nil), (Automatic(), Ridge(1e-2))] {
        var request = PruningRequest(keeping: 0.6, scope: scope, method: method, refit: refit, batchSize: 7)
        // Values between layers in memory, and all of them in a temporary file.
        for budget in [1 << 20, 0] {
          request.activationMemory = budget
          try expectSameEnd(network.graph, request, data)
        }
      }
    }
  }

  @Test func encodersGoOnToTheSameBytes() throws {
    let request = PruningRequest(keeping: 0.6, scope: .all, batchSize: 4)
    try expectSameEnd(try SmallEncoder.graph(), request, InMemoryCalibration(SmallEncoder.texts(11)))
  }

  @Test func statesOfOtherPruningsAndDamagedOnesAreRefused() throws {
    var network = ConvolutionalNetworks.residual(seed: 3)
    let data = network.calibration(12)
    let request = PruningRequest(keeping: 0.6, batchSize: 6)
    var pruning = try SequentialPruning(network.graph, request, calibration: data)
    _ = try pruning.next()
    try pruning.state.write(to: folder.path)
    func fault(
      _ graph: Graph = network.graph, _ data: InMemoryCalibration = data,
      _ change: (inout PruningRequest) -> Void = { _ in }
    ) -> String? {
      var request = request
      change(&request)
      return anyDataError {
        let state = try PruningState(contentsOf: folder.path)
        _ = try SequentialPruning(graph, request, calibration: data, from: state)
      }?.fault
    }
    #expect(fault() == nil)
    #expect(fault { $0.activationMemory = 1 } == nil)
    #expect(fault(ConvolutionalNetworks.residual(seed: 4).graph) == "belongs to another network")
    #expect(fault(network.graph, network.calibration(11)) == "belongs to another set of calibration inputs")
    #expect(fault { $0.fraction = 0.5 } == "was made with fraction 0.6, and 0.5 is asked for")
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      let path = "\(folder.path)/\(name)"
      let bytes = try FileContents.read(path)
      _ = try folder.file(name, bytes.dropLast() + [bytes.last! ^ 1])
      #expect(fault() != nil, "\(name)")
      try FileManager.default.removeItem(atPath: path)
      #expect(fault()?.isEmpty == false, "\(name)")
      _ = try folder.file(name, bytes)
    }
    #expect(fault() == nil)
  }
}
