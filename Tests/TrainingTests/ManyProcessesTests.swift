import EspalierDatasets
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierProcesses
import EspalierTensors
import EspalierTestSupport
import EspalierTraining
import Testing

/// Several processes train to the bytes of one. Threads stand for processes.
struct ManyProcessesTests {
  private struct Outcome: Equatable, Sendable {
    let graph: Graph
    let losses: [Double]
  }

  private static func train(
    _ graph: Graph, on data: any Dataset, _ options: TrainingOptions, in processes: any ProcessGroup
  ) throws -> Outcome {
    var trainer = Trainer(options)
    trainer.processes = processes
    var losses: [Double] = []
    let trained = try trainer.train(graph, on: data) { losses.append($0.loss) }
    return Outcome(graph: trained, losses: losses)
  }

  private func expectSameBytes(_ graph: Graph, on data: any Dataset, _ options: TrainingOptions) throws {
    let alone = try Self.train(graph, on: data, options, in: SingleProcess())
    #expect(alone.losses.count > 2)
    for count in [2, 3, 4] {
      let outcomes = ThreadedGroup.run(count) { try Self.train(graph, on: data, options, in: $0) }
      #expect(outcomes.allSatisfy { $0 == alone }, "\(count) processes")
    }
  }

  /// 50 samples in batches of 4: twelve batches, the last step of an epoch with fewer of them.
  @Test(arguments: TrainingStateTests.rules, [1, 2, 5]) func stepsAreThoseOfOneProcess(
    rule: any Optimizer, accumulation: Int
  ) throws {
    var options = TrainingOptions(
      epochs: 2, batchSize: 4, stepSize: 0.02, accumulation: accumulation, clipping: GradientClipping(limit: 1),
      optimizer: rule, seed: 3)
    for statistics in [NormalizationStatistics.batch, .stored] {
      options.statistics = statistics
      try expectSameBytes(smallConvolutionalNetwork(), on: stripes(50), options)
    }
  }

  /// Running statistics follow every batch of a step, in its order.
  @Test func runningStatisticsFollowEachBatchOfAStep() throws {
    let data = try stripes(8)
    func statistics(_ batchSize: Int, accumulation: Int) throws -> [[Double]] {
      let options = TrainingOptions(
        epochs: 1, batchSize: batchSize, stepSize: 1e-12, accumulation: accumulation,
        optimizer: StochasticGradientDescent(momentum: 0), seed: 3)
      let graph = try Self.train(smallConvolutionalNetwork(), on: data, options, in: SingleProcess()).graph
      let start = smallConvolutionalNetwork()
      return graph.nodes.filter { $0.op == BatchNormalization.name }.flatMap { $0.inputs.suffix(2) }.map {
        zip(graph.constants[$0]!.doubles()!, start.constants[$0]!.doubles()!).map(-)
      }
    }
    // With next to no steps, two steps of one batch and one step of two see the same batches with the same network.
    for (one, two) in zip(try statistics(4, accumulation: 1), try statistics(4, accumulation: 2)) {
      #expect(zip(one, two).allSatisfy { abs($0 - $1) < 1e-6 })
      #expect(one.contains { abs($0) > 1e-3 })
    }
  }
}
