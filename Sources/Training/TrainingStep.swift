import Datasets
import Engine
import Graph
import Operators
import Tensors

/// One step of training: a session that computes the loss and all gradients, and the optimiser's state.
///
/// Parameters live in the session and are changed there; ``trained`` copies them out.
final class TrainingStep {
  private struct Parameter {
    let name: String
    let value: Buffer
    let gradient: Buffer
    let state: UnsafeMutableBufferPointer<Float>
    let decays: Bool
  }

  private let classifier: Classifier
  private let session: Session
  private let parameters: [Parameter]
  private let options: TrainingOptions
  private let lossValue: String
  private let targets: String

  /// Compiles the network of `classifier` with its loss and gradients for batches of the options' size.
  init(_ classifier: Classifier, _ options: TrainingOptions, backend: any Backend) throws {
    var graph = classifier.graph
    let (targets, loss) = (graph.unusedName("targets"), graph.unusedName("loss"))
    graph.inputs.append(
      ValueInfo(targets, .float32, [.fixed(options.batchSize), .fixed(classifier.classCount)]))
    graph.nodes.append(Node(SoftmaxCrossEntropy.name, name: loss, [classifier.output, targets], [loss]))
    var feeds = classifier.feeds(count: options.batchSize)
    feeds[targets] = TensorType([options.batchSize, classifier.classCount])
    let names = classifier.graph.trainableParameters(reaching: classifier.output)
    let differentiation = try Differentiation(of: loss, in: graph, withRespectTo: names, feeds: feeds)
    let plan = try Plan(
      differentiation.graph, feeds: feeds, results: [loss] + names.map { differentiation.gradients[$0]! },
      variables: Set(names))
    let session = try Session(plan, on: backend)
    parameters = try names.map { name in
      let value = try session.buffer(name)
      let state = UnsafeMutableBufferPointer<Float>.allocate(
        capacity: value.floats.count * options.optimizer.stateCount)
      state.initialize(repeating: 0)
      return Parameter(
        name: name, value: value, gradient: try session.buffer(differentiation.gradients[name]!), state: state,
        decays: value.type.shape.rank > 1)
    }
    self.classifier = classifier
    self.session = session
    self.options = options
    lossValue = loss
    self.targets = targets
  }

  deinit {
    for parameter in parameters { parameter.state.deallocate() }
  }

  /// Takes one step on `batch` and returns the loss before it.
  func callAsFunction(_ batch: Batch, stepSize: Double) throws -> Double {
    try session.set(classifier.adapter.input, to: classifier.adapter(batch))
    try session.set(targets, to: options.loss.targets(batch.labels ?? [], classCount: classifier.classCount))
    session.run()
    for parameter in parameters {
      options.optimizer.update(
        parameter.value.floats, gradient: parameter.gradient.floats, state: parameter.state, stepSize: Float(stepSize),
        decays: parameter.decays)
    }
    return Double(try session.buffer(lossValue).floats[0])
  }

  /// The network with the parameters as they are now.
  var trained: Graph {
    var graph = classifier.graph
    for parameter in parameters { graph.constants[parameter.name] = parameter.value.tensor() }
    return graph
  }
}

extension Graph {
  /// The parameters that `value` depends on, in the order they are stored.
  func trainableParameters(reaching value: String) -> [String] {
    let part = extracting(to: [value])
    let read = Set(part.nodes.flatMap(\.inputs))
    return part.parameters.filter { read.contains($0) && part.constants[$0]?.elementType == .float32 }
  }
}
