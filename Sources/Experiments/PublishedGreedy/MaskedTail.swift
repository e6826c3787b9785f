import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierPruning
import EspalierTensors

/// The part of a network behind the hidden representation of a group, with a factor for each unit: what the network
/// computes if some units are left out, one forward pass of that part at a time.
///
/// Parts of the network beside the layer, such as the other branch of an addition, are computed again in every pass.
final class MaskedTail {
  private let session: Session
  private let activation: String
  private let factors: UnsafeMutableBufferPointer<Float>
  private let judged: [String]
  private let units: [[Int]]
  private var dense: [[Float]] = []

  /// The name of the input for the factors.
  private static let factor = "factor of each channel"

  /// The part of `graph` that computes `judged` from the input of `layer`, for batches as `batch`.
  init(
    of group: PruningGroup, _ layer: WeightedContraction, judgedBy judged: [String], in graph: Graph,
    for batch: HiddenBatch, on backend: any Backend
  ) throws(EspalierError) {
    let activation = layer.activation.value
    self.activation = activation
    self.judged = judged
    units = group.elements[layer.activation]!
    let tail = graph.extracting(from: [ValueInfo(activation)], to: judged)
    guard tail.nodes.contains(where: { $0.inputs.contains(activation) }) else {
      throw EspalierError(
        .model, "group \"\(group.id)\"", "shares a layer with a group that was pruned before",
        remedy: "prune it alone, or by a method that works on statistics, as gfs")
    }
    var builder = GraphBuilder(rewriting: tail)
    let name = builder.declareInput(ValueInfo(Self.factor))
    let masked = builder.add(Multiply.name, [activation, name], output: "\(activation) times factors")
    for var node in tail.nodes {
      node.inputs = node.inputs.map { $0 == activation ? masked : $0 }
      builder.append(node)
    }
    let ones = layer.factors([Float](repeating: 1, count: batch.hidden.shape[layer.activation.axis]))
    var feeds = batch.inputs.mapValues(TensorType.init(of:))
    feeds[activation] = TensorType(of: batch.hidden)
    feeds[name] = TensorType(of: ones)
    session = try Session(Plan(builder.graph, feeds: feeds, results: judged), on: backend)
    try session.set(name, to: ones)
    factors = try session.buffer(name).floats
    try load(batch)
  }

  /// Whether the tail is for batches of this shape.
  func fits(_ batch: HiddenBatch) -> Bool {
    session.plan.types[activation] == TensorType(of: batch.hidden)
  }

  /// Takes another batch.
  func load(_ batch: HiddenBatch) throws(EspalierError) {
    try session.feed(batch.inputs)
    try session.set(activation, to: batch.hidden)
    dense = try judged.map { (name) throws(EspalierError) in
      guard let values = batch.target[name]?.floats() else {
        throw EspalierError(.model, "value \"\(name)\"", "is not made of numbers, so nothing can be judged by it")
      }
      return values
    }
  }

  /// Sets the factor of a unit.
  func set(_ unit: Int, to factor: Float) {
    for channel in units[unit] { factors[channel] = factor }
  }

  /// `|| U - U_S ||^2` for the present factors, by a forward pass.
  func residual() throws(EspalierError) -> Double {
    session.run()
    var sum = 0.0
    for (name, dense) in zip(judged, dense) {
      let output = try session.buffer(name).floats
      for i in dense.indices {
        let difference = Double(dense[i] - output[i])
        sum += difference * difference
      }
    }
    return sum
  }

  /// `U - U_S` for the present factors, of the first value that is judged, by a forward pass.
  func missing() throws(EspalierError) -> [Float] {
    session.run()
    let output = try session.buffer(judged[0]).floats
    return dense[0].indices.map { dense[0][$0] - output[$0] }
  }
}
