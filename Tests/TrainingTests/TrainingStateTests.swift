import EspalierDatasets
import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierProximalPoint
import EspalierTensors
import EspalierTestSupport
import EspalierTraining
import Testing

@Suite struct TrainingStateTests {
  private let folder: TemporaryDirectory
  private var path: String { folder.path + "/state" }

  init() throws { folder = try TemporaryDirectory() }

  /// The state of `run` after `steps` steps, written and read again.
  private func state(of run: TrainingRun, after steps: Int) throws -> TrainingState {
    for _ in 0..<steps { _ = try run.next() }
    let state = try run.state
    try state.write(to: path)
    let read = try TrainingState(contentsOf: path)
    #expect(read == state)
    return read
  }

  /// Interrupts the training that `begin` begins after each number of steps, and expects the rest to be as without.
  private func expectSameEnd(
    interruptedAfter places: [Int], _ begin: (TrainingState?) throws -> TrainingRun
  ) throws {
    let whole = try begin(nil)
    var losses: [Double] = []
    while let progress = try whole.next() { losses.append(progress.loss) }
    for place in places {
      let run = try begin(try state(of: begin(nil), after: place))
      var rest: [Double] = []
      while let progress = try run.next() {
        rest.append(progress.loss)
        #expect(progress.step == place + rest.count && progress.stepCount == losses.count)
      }
      #expect(rest == Array(losses.dropFirst(place)), "after \(place) steps")
      #expect(try run.network == whole.network, "after \(place) steps")
      #expect(try run.state == whole.state, "after \(place) steps")
    }
  }

  static let rules: [any Optimizer] = [
    StochasticGradientDescent(momentum: 0), StochasticGradientDescent(momentum: 0.9, weightDecay: 1e-3), AdamW(),
    StochasticProximalPoint(momentum: 0), StochasticProximalPoint(momentum: 0.9, damping: .contraction),
  ]

  /// Four epochs of six batches, two of which make a step.
  @Test(arguments: rules) func trainingGoesOnToTheSameBytes(rule: any Optimizer) throws {
    var options = TrainingOptions(
      epochs: 4, batchSize: 8, stepSize: 0.02, schedule: .cosine, warmUp: WarmUp(fraction: 0.2), accumulation: 2,
      clipping: GradientClipping(limit: 1), loss: ClassificationLoss(labelSmoothing: 0.1), optimizer: rule, seed: 3)
    let data = try stripes(50)
    for statistics in [NormalizationStatistics.batch, .stored] {
      options.statistics = statistics
      try expectSameEnd(interruptedAfter: [0, 1, 3, 7, 12]) { [options] in
        try Trainer(options).run(smallConvolutionalNetwork(), on: data, from: $0)
      }
    }
  }

  @Test(arguments: Backends.all) func aRunEndsAsTrainingDoes(backend: any Backend) throws {
    let trainer = Trainer(TrainingOptions(epochs: 3, batchSize: 10), backend: backend)
    let data = try separablePoints()
    let run = try trainer.run(smallNetwork(), on: data)
    while try run.next() != nil {}
    #expect(try run.network == trainer.train(smallNetwork(), on: data))
    try expectSameEnd(interruptedAfter: [5]) { try trainer.run(smallNetwork(), on: data, from: $0) }
  }

  /// Steps so long that the best epoch is not the last.
  @Test func distillationKeepsTheBestEpoch() throws {
    let options = TrainingOptions(epochs: 4, batchSize: 8, stepSize: 0.01, optimizer: AdamW(), statistics: .stored)
    let (teacher, student) = (smallConvolutionalNetwork(), smallConvolutionalNetwork(width: 3))
    let (data, heldOut) = (try stripes(24), try stripes(16, seed: 5))
    func begin(_ state: TrainingState?) throws -> TrainingRun {
      try Trainer(options).distillation(
        of: student, from: teacher, on: data, heldOut: heldOut, continuing: state)
    }
    try expectSameEnd(interruptedAfter: [0, 2, 3, 4, 11], begin)
    let run = try begin(nil)
    while try run.next() != nil {}
    #expect(try run.network == Trainer(options).distill(student, from: teacher, on: data, heldOut: heldOut))
    #expect(try run.state.best != nil)
  }

  @Test func theFileNamesWhatTheOptimizerRemembers() throws {
    let options = TrainingOptions(epochs: 1, batchSize: 10, optimizer: AdamW())
    _ = try state(of: try Trainer(options).run(smallNetwork(), on: separablePoints()), after: 2)
    let names = try SafeTensors(path).entries.map(\.name)
    for parameter in ["w1", "b1", "w2", "b2"] {
      for place in ["values/parameters", "optimizer/first moment", "optimizer/second moment"] {
        #expect(names.contains("\(place)/\(parameter)"))
      }
    }
  }

  @Test func statesOfOtherTrainingsAreRefused() throws {
    let options = TrainingOptions(epochs: 2, batchSize: 10)
    let state = try state(of: try Trainer(options).run(smallNetwork(), on: separablePoints()), after: 3)
    func fault(
      _ graph: Graph = smallNetwork(), points: Int = 60, _ change: (inout TrainingOptions) -> Void = { _ in }
    ) -> String? {
      var options = options
      change(&options)
      return anyDataError { _ = try Trainer(options).run(graph, on: separablePoints(points), from: state) }?.fault
    }
    #expect(fault() == nil)
    var other = smallNetwork()
    other.constants["b2"] = Tensor(shape: [2], [1, 2] as [Float])
    #expect(fault(other) == "belongs to another network")
    #expect(fault(points: 50) == "belongs to another data set")
    #expect(fault { $0.batchSize = 20 } == "was made with batchSize 10, and 20 is asked for")
    #expect(fault { $0.optimizer = AdamW() }?.hasPrefix("was made with optimizer StochasticGradientDescent") == true)
    #expect(
      fault { $0.schedule = .step(epochs: 1, factor: 0.1) }
        == "was made with schedule cosine, and step(epochs: 1, factor: 0.1) is asked for")
    #expect(
      anyDataError {
        _ = try Trainer(options).distillation(
          of: smallNetwork(), from: smallNetwork(), on: separablePoints(), continuing: state)
      }?.fault == "belongs to another teacher")
  }
}
