import EspalierEngine
import EspalierExecution
import EspalierGraph
import EspalierOperators
import EspalierPruning
import EspalierTensors

/// i-SpaSP as the paper writes it and the public code runs it, the oracle of the one-pass form.
///
/// Every iteration passes over the data; importances are gradients of `1/2 || V ||^2` with respect to the hidden
/// representation.
struct LoopedISpaSP {
  private let hidden: Tensor
  private let output: Tensor
  private let units: [[Int]]
  private let activation: String
  private let session: Session
  private let seed: String
  private let gradient: String

  init(
    _ graph: Graph, _ group: PruningGroup, consumer: Int = 0, on inputs: Tensor, backend: any Backend
  ) throws {
    let layer = group.consumers[consumer]
    let activation = layer.activation.value
    let name = graph.feeds[0].name
    let plan = try Plan(graph, feeds: [name: TensorType(of: inputs)], results: [activation, layer.output])
    let values = try Session(plan, on: backend).run([name: inputs])
    hidden = values[activation]!
    output = values[layer.output]!
    let tail = graph.extracting(from: [ValueInfo(activation)], to: [layer.output])
    let feeds = [activation: TensorType(of: hidden)]
    let differentiation = try Differentiation(of: layer.output, in: tail, withRespectTo: [activation], feeds: feeds)
    seed = differentiation.seed!
    gradient = differentiation.gradients[activation]!
    session = try Session(
      Plan(
        differentiation.graph, feeds: [activation: TensorType(of: hidden), seed: TensorType(of: output)],
        results: [layer.output, gradient]), on: backend)
    units = group.elements[layer.activation]!
    self.activation = activation
  }

  func select(_ count: Int, iterations: Int) throws -> [Selection.Iteration] {
    let size = sumOverSamples(Tensor(shape: hidden.shape, hidden.elements(as: Float.self).map { abs($0) }))
    var support: [Int] = []
    var trace: [Selection.Iteration] = []
    for _ in 0..<iterations {
      // V = U - U_S, the output of the tail on the masked hidden representation; all of U while nothing is kept.
      var residual = output.elements(as: Float.self)
      if !support.isEmpty {
        let kept = try session.run([activation: masked(support), seed: output])
        let part = kept.first { $0.key != gradient }!.value.elements(as: Float.self)
        residual = zip(residual, part).map(-)
      }
      let results = try session.run([activation: hidden, seed: Tensor(shape: output.shape, residual)])
      let importance = sumOverSamples(results[gradient]!)
      let merged = Set(largest(2 * count, of: importance, among: Array(importance.indices))).union(support)
      support = largest(count, of: size, among: merged.sorted()).sorted()
      trace.append(
        .init(
          importance: importance, residualBefore: residual.reduce(0) { $0 + Double($1) * Double($1) }, support: support)
      )
    }
    return trace
  }

  /// For each unit, the sum over samples, positions and the unit's channels.
  private func sumOverSamples(_ tensor: Tensor) -> [Double] {
    var sums = [Double](repeating: 0, count: tensor.shape[1])
    let (channels, size) = (tensor.shape[1], tensor.shape[2...].reduce(1, *))
    for (index, value) in tensor.elements(as: Float.self).enumerated() {
      sums[index / size % channels] += Double(value)
    }
    return units.map { $0.reduce(0) { $0 + sums[$1] } }
  }

  /// The hidden representation without the units that are not in `support`; what is in no unit stays.
  private func masked(_ support: [Int]) -> Tensor {
    let (channels, size) = (hidden.shape[1], hidden.shape[2...].reduce(1, *))
    let dropped = Set(units.indices.filter { !support.contains($0) }.flatMap { units[$0] })
    let values = hidden.elements(as: Float.self).enumerated().map { index, value in
      dropped.contains(index / size % channels) ? 0 : value
    }
    return Tensor(shape: hidden.shape, values)
  }

  private func largest(_ count: Int, of values: [Double], among indices: [Int]) -> [Int] {
    Array(indices.sorted { values[$0] != values[$1] ? values[$0] > values[$1] : $0 < $1 }.prefix(count))
  }
}
