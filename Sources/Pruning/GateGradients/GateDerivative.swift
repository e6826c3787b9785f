import EspalierEngine
import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierOperators
import EspalierTensors

/// The products `a dL/da` at the gates of a network, compiled for batches of one size.
///
/// Reverse mode starts from a direction v at each output y, `dL = sum of v dy`. For the distance from the network's own
/// answers, v is random with `E v v^T` the Gauss-Newton matrix of that distance, r independent signs:
///
///     classes, logits z, p = softmax(z):     v = sqrt(p) r - p sum(sqrt(p) r)       E v v^T = diag(p) - p p^T
///     other outputs:                         v = sqrt(n) r / || y ||_F              E v v^T = n I / || y ||_F^2
///
/// so `(dL/dm)^2` has the expectation that labels drawn from p would give it, with less variance: a confident answer
/// seldom draws another label. For labels t it is `v = p - t`.
struct GateDerivative {
  /// The computation, whose results are ``products``.
  let plan: Plan
  /// For each layer, the products at its gates, summed over positions: rows of samples x channels.
  let products: [WeightedContraction: String]
  /// For each output, the input that takes signs or labels.
  private let drawn: [(name: String, head: LossHead)]
  private let loss: GateGradients.Loss

  /// Differentiates the loss of `gates` for inputs of the types `feeds`.
  ///
  /// - Parameter classCount: The number of classes of the labels, for ``GateGradients/Loss/labels``.
  /// - Throws: `EspalierError` if the outputs do not allow the loss; a refusal if an operator has no derivative.
  init(
    of loss: GateGradients.Loss, in gates: GatedGraph, feeds: [String: TensorType], classCount: Int?
  ) throws(EspalierError) {
    let types = try TypeInference(gates.graph, feeds: feeds).types
    let heads = try loss.heads(of: gates.graph, types, samples: feeds.batchSize, classCount: classCount)
    guard !heads.isEmpty else {
      throw EspalierError(.model, "the network", "has no output of real numbers, so its units have no gradients")
    }
    var builder = GraphBuilder(gates.graph, prefix: "gates")
    var terms: [String] = []
    var seeds: [String] = []
    for head in heads {
      let seed = builder.declareInput(ValueInfo("direction of \(head.value)", .float32, head.shape.map { .fixed($0) }))
      seeds.append(seed)
      let product = builder.add(Multiply.name, [head.value, seed])
      terms.append(builder.add(ReduceSum.name, [product], ["keepdims": .int(0)]))
    }
    let total = terms.dropFirst().reduce(terms[0]) { builder.add(Add.name, [$0, $1]) }
    let part = builder.graph.extracting(to: [total])
    let made = Set(part.nodes.flatMap(\.outputs))
    let own = gates.gates.filter { made.contains($0.value) }
    var all = feeds
    for (seed, head) in zip(seeds, heads) { all[seed] = TensorType(head.shape) }
    let derivative: Differentiation
    do throws(EspalierError) {
      derivative = try Differentiation(of: total, in: part, withRespectTo: own.values.sorted(), feeds: all)
    } catch {
      throw EspalierError(
        refusal:
          "units cannot be judged by gradients, because \(error.subject) \(error.fault); choose a method that needs "
          + "none, such as \(BackwardElimination.identifier)")
    }

    var ending = GraphBuilder(derivative.graph, prefix: "gates")
    var products: [WeightedContraction: String] = [:]
    for (layer, gate) in own.sorted(by: { $0.value < $1.value }) {
      let (shape, axis) = (types[gate]!.shape, layer.activation.axis)
      guard axis > 0, shape[0].isMultiple(of: max(feeds.batchSize, 1)) else {
        throw EspalierError(
          .model, "layer \"\(layer.label)\"",
          "does not read samples along its first axis, so its gates have no gradients")
      }
      let product = ending.add(Multiply.name.inBodies, [gate, derivative.gradients[gate]!])
      let kept = shape.indices.map { Int64($0 == 0 || $0 == axis ? shape[$0] : 1) }
      products[layer] = ending.add(SumToShape.name, [product], ["shape": .ints(kept)])
    }
    var graph = ending.graph
    graph.inputs.removeAll { seeds.contains($0.name) }
    var directions = GraphBuilder(beside: graph)
    var drawn: [(name: String, head: LossHead)] = []
    for (seed, head) in zip(seeds, heads) {
      let name = directions.declareInput(ValueInfo("\(seed) drawn", .float32, head.shape.map { .fixed($0) }))
      drawn.append((name, head))
      directions.addDirection(seed, for: head, from: name, loss)
    }
    graph.inputs += directions.graph.inputs
    for (name, head) in drawn { all[name] = TensorType(head.shape) }
    for seed in seeds { all[seed] = nil }
    plan = try Plan(graph.weaving([directions.graph]), feeds: all, results: products.values.sorted())
    self.products = products
    self.drawn = drawn
    self.loss = loss
  }

  /// The inputs that determine the directions for one batch: its labels, or signs drawn from `generator`.
  func directions(_ labels: [Int]?, _ generator: inout SeededGenerator) -> [String: Tensor] {
    var inputs: [String: Tensor] = [:]
    for (name, head) in drawn {
      var numbers = [Float](repeating: 0, count: head.shape.elementCount)
      switch loss {
      case .output:
        let size = head.isClasses ? 1 : Float(head.shape[0]).squareRoot()
        for index in numbers.indices { numbers[index] = generator.next() & 1 == 0 ? size : -size }
      case .labels: for (row, label) in (labels ?? []).enumerated() { numbers[row * head.shape[1] + label] = 1 }
      }
      inputs[name] = Tensor(shape: head.shape, numbers)
    }
    return inputs
  }
}

extension [String: TensorType] {
  /// The number of samples that inputs of these types hold.
  var batchSize: Int { values.first?.shape.first ?? 0 }
}
