import EspalierArchitectures
import EspalierDatasets
import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierPruning
import EspalierTensors
import EspalierTraining
import EspalierWorkflows
import Foundation
import Synchronization
import Testing

/// Distillation block by block, on a clock that each look moves on.
@Suite struct BlockwiseDistillationTests {
  /// A clock that each look moves on by a second, and what it shows.
  private final class Clock: Sendable {
    private let time = Mutex(0.0)
    var now: Double { time.withLock { $0 } }
    var read: @Sendable () -> Double {
      {
        self.time.withLock { time in
          time += 1
          return time
        }
      }
    }
  }

  private func data(_ count: Int, for graph: Graph) throws -> DatasetCalibration {
    var generator = SeededGenerator(seed: 7)
    let width = graph.feeds[0].dimensions?.dropFirst().map { $0.size ?? 1 } ?? []
    let inputs = Tensor.normal(Shape([count] + width), &generator)
    return try DatasetCalibration(InMemoryDataset(inputs: inputs), for: graph)
  }

  private func job(seconds: Double, _ backend: any Backend = Backends.standard) -> (BlockwiseDistillation, Clock) {
    let clock = Clock()
    var job = BlockwiseDistillation(seconds: seconds, backend: backend)
    job.clock = clock.read
    job.batchSize = 8
    return (job, clock)
  }

  private func prune(_ graph: Graph, _ request: PruningRequest, _ data: DatasetCalibration) throws -> MeasuredPruning {
    try MeasuredPruning(graph, request, on: CalibrationSplit(data, allowsTwin: false))
  }

  @Test(arguments: Backends.all)
  func errorsOfBlocksAndOutputsFall(backend: any Backend) throws {
    let dense = try #require(MultilayerPerceptron(widths: [6, 16, 16, 16, 16, 4])).model(seed: 1).graph
    let data = try data(120, for: dense)
    let pruned = try prune(dense, PruningRequest(keeping: 0.5), data)
    let (job, clock) = job(seconds: 1000, backend)
    let learnt = try DistilledPruning(pruned, of: dense, on: CalibrationSplit(data, allowsTwin: false), by: job)
    let record = learnt.record
    // Blocks end at pruned values: the channels kept are known.
    #expect(record.blocks.count { $0.round == 1 } >= 2)
    #expect(record.blocks.allSatisfy { $0.after <= $0.before })
    #expect(record.blocks[0].after < record.blocks[0].before)
    #expect(record.outputs.after < 0.9 * record.outputs.before)
    #expect(record.untrained.isEmpty && !record.measuresSeen)
    #expect(clock.now <= 1100)
    #expect(learnt.result.graph.nodes == pruned.result.graph.nodes)
    #expect(learnt.result.graph.constants.mapValues(\.shape) == pruned.result.graph.constants.mapValues(\.shape))
    let (before, after) = (learnt.fidelityBefore?.relativeError ?? 0, learnt.fidelity?.relativeError ?? 9)
    #expect(after < before)
  }

  @Test func withoutTimeNothingChanges() throws {
    let dense = twoHeads()
    let data = try data(60, for: dense)
    let pruned = try prune(dense, PruningRequest(keeping: 0.5, multiple: 1), data)
    let (job, clock) = job(seconds: 2)
    let learnt = try job.run(pruned.result.graph, from: dense, on: data)
    #expect(learnt.graph.constants == pruned.result.graph.constants)
    #expect(learnt.record.outputs.before == learnt.record.outputs.after)
    #expect(learnt.record.blocks.allSatisfy { $0.steps == 0 })
    #expect(clock.now < 30)
  }

  @Test func aDistillationThatHasEndedIsNotRepeated() throws {
    let dense = twoHeads()
    let data = try data(96, for: dense)
    let pruned = try prune(dense, PruningRequest(keeping: 0.5, multiple: 1), data)
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("distillation-\(UUID().uuidString)").path
    let checkpoints = try Checkpoints(in: folder, every: 0, of: ["distil"]) { _ in }
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var (job, _) = job(seconds: 800)
    job.checkpoints = checkpoints
    let learnt = try job.run(pruned.result.graph, from: dense, on: data)
    #expect(learnt.record.outputs.after < learnt.record.outputs.before)
    job.clock = Clock().read
    let again = try job.run(pruned.result.graph, from: dense, on: data)
    #expect(again.graph.constants == learnt.graph.constants)
    #expect(again.record.blocks.allSatisfy { $0.steps == 0 })
    // What was gained is told against the pruned network, not against what the first part had reached.
    #expect(abs(again.record.outputs.before - learnt.record.outputs.before) < 1e-6 * learnt.record.outputs.before)
    #expect(abs(again.record.outputs.after - learnt.record.outputs.after) < 1e-6 * learnt.record.outputs.before)
  }

  @Test func allOutputsAreKept() throws {
    let dense = twoHeads()
    let data = try data(96, for: dense)
    let pruned = try prune(dense, PruningRequest(keeping: 0.5, multiple: 1), data)
    let learnt = try job(seconds: 800).0.run(pruned.result.graph, from: dense, on: data)
    let before = try Fidelity(of: pruned.result.graph, against: dense, on: data)
    let after = try Fidelity(of: learnt.graph, against: dense, on: data)
    #expect(after.outputs.map(\.name) == ["y", "boxes"])
    for (old, new) in zip(before.outputs, after.outputs) {
      #expect((new.relativeError ?? 9) < (old.relativeError ?? 0), "\(new.name)")
    }
  }

  @Test func constantsWhoseShapeFollowsTheDataDoNotStopIt() throws {
    var dense = twoHeads()
    // y + zeros of the shape of h3.r, of which a part is taken.
    dense.nodes += [
      Node(ShapeOf.name, ["h3.r"], ["sizes"]), Node(ConstantOfShape.name, ["sizes"], ["zeros"]),
      Node(Slice.name, ["zeros", "from", "to", "along"], ["part"]), Node(Add.name, ["y", "part"], ["z"]),
    ]
    for (name, place) in [("from", 0), ("to", 4), ("along", 1)] {
      dense.constants[name] = Tensor(shape: [1], [Int64(place)])
    }
    dense.outputs[0] = ValueInfo("z")
    let data = try data(64, for: dense)
    var student = dense
    student.constants["fc2.w"] = Tensor(repeating: Float(0.1), shape: [8, 8])
    let learnt = try job(seconds: 600).0.run(student, from: dense, on: data)
    #expect(learnt.record.untrained.isEmpty)
    #expect(learnt.record.outputs.after < learnt.record.outputs.before / 2)
  }

  @Test func severalInputsAndSharedWeightsAreLearnt() throws {
    // Two towers with one layer's weights, and what joins them.
    var generator = SeededGenerator(seed: 3)
    var dense = Graph(
      nodes: [
        Node(MatMul.name, name: "a", ["left", "shared"], ["l"]),
        Node(MatMul.name, name: "b", ["right", "shared"], ["r"]),
        Node(Relu.name, ["l"], ["lr"]), Node(Relu.name, ["r"], ["rr"]), Node(Add.name, ["lr", "rr"], ["sum"]),
        Node(MatMul.name, name: "c", ["sum", "last"], ["y"]),
      ],
      inputs: ["left", "right"].map { ValueInfo($0, .float32, [.symbolic("n"), .fixed(5)]) }, outputs: [ValueInfo("y")])
    dense.constants["shared"] = Tensor.normal([5, 8], &generator)
    dense.constants["last"] = Tensor.normal([8, 3], &generator)
    let sides = ["left", "right"].map { ($0, Tensor.normal([64, 5], &generator)) }
    let data = try DatasetCalibration(
      JoinedDataset(sides.map { ($0.0, try InMemoryDataset(inputs: $0.1)) }), for: dense)
    var student = dense
    student.constants["shared"] = Tensor.normal([5, 8], &generator)
    let learnt = try job(seconds: 800).0.run(student, from: dense, on: data)
    #expect(learnt.record.outputs.after < learnt.record.outputs.before / 2)
  }

  @Test func tooFewInputsAreSaid() throws {
    let dense = twoHeads()
    let learnt = try job(seconds: 100).0.run(dense, from: dense, on: data(1, for: dense))
    #expect(learnt.record.measuresSeen)
    #expect(DistillationReport(learnt.record, fidelityBefore: nil).warnings.contains { $0.contains("too few inputs") })
  }
}
