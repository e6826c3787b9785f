import EspalierDatasets
import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierTensors
import EspalierTestSupport
import EspalierTraining
import Testing

@Suite struct TrainerTests {
  private let options = TrainingOptions(epochs: 20, batchSize: 10, stepSize: 0.1)

  @Test(arguments: Backends.all)
  func aSeparableProblemIsLearnt(backend: any Backend) throws {
    let points = try separablePoints()
    var told: [Trainer.Progress] = []
    let trained = try Trainer(options, backend: backend).train(smallNetwork(), on: points) { told.append($0) }
    let evaluation = try Evaluation(of: trained, on: points, batchSize: 7, backend: backend)
    #expect(evaluation.count == 60)
    #expect(evaluation.top1 == 1)
    #expect(evaluation.loss < 0.1)
    #expect(told.map(\.step) == Array(1...120))
    #expect(told.allSatisfy { $0.stepCount == 120 && $0.sampleCount == $0.step * 10 })
    #expect(told.filter(\.endsEpoch).map(\.epoch) == Array(1...20))
    #expect(told.last!.loss < told[5].loss)
    // Everything except the parameters is unchanged.
    var same = trained
    same.constants = smallNetwork().constants
    #expect(same == smallNetwork())
    #expect(trained.constants.keys == smallNetwork().constants.keys)
  }

  @Test(arguments: Backends.all)
  func theSeedDecides(backend: any Backend) throws {
    let points = try separablePoints(35)
    func trained(_ seed: UInt64) throws -> Graph {
      var options = options
      options.seed = seed
      options.epochs = 2
      return try Trainer(options, backend: backend).train(smallNetwork(), on: points)
    }
    #expect(try trained(1) == trained(1))
    #expect(try trained(1) != trained(2))
  }

  @Test(arguments: Backends.all)
  func oneStepIsTheGradientTimesTheStepSize(backend: any Backend) throws {
    // Softmax regression from zero: probabilities are 1/2, so dW = x (1/2 - T) and db = 1/2 - T, averaged over both.
    let graph = Graph(
      nodes: [Node(Gemm.name, ["x", "w", "b"], ["y"])], inputs: [ValueInfo("x", .float32, [.unknown, .fixed(2)])],
      outputs: [ValueInfo("y")],
      constants: ["w": Tensor(repeating: Float(0), shape: [2, 2]), "b": Tensor(repeating: Float(4), shape: [2])])
    let data = try InMemoryDataset(inputs: Tensor(shape: [2, 2], [1, 2, 3, 4] as [Float]), labels: [1, 1])
    for decay in [0, 0.5] as [Float] {
      let rule = StochasticGradientDescent(momentum: 0, nesterov: false, weightDecay: decay)
      let options = TrainingOptions(epochs: 1, batchSize: 2, stepSize: 2, schedule: .constant, optimizer: rule)
      let trained = try Trainer(options, backend: backend).train(graph, on: data)
      // Weight decay leaves both alone: the weights are 0, and the bias is no weight.
      #expect(trained.constants["w"]!.distance(from: Tensor(shape: [2, 2], [-2, 2, -3, 3] as [Float])) < 1e-6)
      #expect(trained.constants["b"]!.distance(from: Tensor(shape: [2], [3, 5] as [Float])) < 1e-6)
    }
  }

  @Test func weightsDecay() throws {
    let graph = Graph(
      nodes: [Node(Gemm.name, ["x", "w"], ["y"])], inputs: [ValueInfo("x", .float32, [.unknown, .fixed(1)])],
      outputs: [ValueInfo("y")], constants: ["w": Tensor(shape: [1, 2], [4, 4] as [Float])])
    let data = try InMemoryDataset(inputs: Tensor(shape: [1, 1], [0] as [Float]), labels: [1])
    let rule = StochasticGradientDescent(momentum: 0, weightDecay: 0.25)
    let options = TrainingOptions(epochs: 1, batchSize: 1, stepSize: 0.5, schedule: .constant, optimizer: rule)
    #expect(
      try Trainer(options).train(graph, on: data).constants["w"] == Tensor(shape: [1, 2], [3.5, 3.5] as [Float]))
  }

  @Test func divergenceIsAnError() throws {
    var options = options
    options.stepSize = 1e30
    options.schedule = .constant
    let error = anyDataError { _ = try Trainer(options).train(smallNetwork(), on: separablePoints()) }
    #expect(error?.subject == "training")
    #expect(error?.kind == .diverged && error?.fault.hasPrefix("diverged at step ") == true)
  }

  @Test func noEpochsChangeNothing() throws {
    var options = options
    options.epochs = 0
    #expect(try Trainer(options).train(smallNetwork(), on: separablePoints()) == smallNetwork())
  }

  @Test func whatDoesNotFitIsSaid() throws {
    func error(_ graph: Graph, _ data: InMemoryDataset) -> EspalierError? {
      anyDataError { _ = try Trainer(options).train(graph, on: data) }
    }
    let points = try separablePoints()
    #expect(error(smallNetwork(), try separablePoints(9))?.fault == "has fewer samples (9) than a batch (10)")
    #expect(error(smallNetwork(), try InMemoryDataset(name: "bare", inputs: points.inputs))?.fault == "has no labels")
    let wide = Tensor(shape: [10, 3], [Float](repeating: 0, count: 30))
    let wrong = try InMemoryDataset(name: "wide", inputs: wide, labels: [Int](repeating: 0, count: 10))
    #expect(error(smallNetwork(), wrong)?.subject == "wide")
    let many = try InMemoryDataset(inputs: points.inputs, labels: points.labels, classCount: 3)
    #expect(error(smallNetwork(), many)?.subject == "output \"y\"")
    var twoInputs = smallNetwork()
    twoInputs.inputs.append(ValueInfo("second"))
    #expect(error(twoInputs, points)?.fault == "feeds exactly one input, and the network has 2")
    var noOutput = smallNetwork()
    noOutput.outputs = []
    #expect(error(noOutput, points)?.fault == "has no outputs")
    #expect(anyDataError { _ = try Evaluation(of: twoInputs, on: points) } != nil)
  }
}
