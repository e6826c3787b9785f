import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierPruning
import EspalierTensors

/// i-SpaSP as the public code runs it: every iteration passes over the data, and importances are gradients of
/// `1/2 || V ||^2` with respect to the hidden representation, by automatic differentiation.
///
/// It selects what `ISpaSP` computes from one pass; it is here for its time. All iterations are made, also after
/// the support has stopped changing.
///
/// Source: C. R. Wolfe and A. Kyrillidis, "i-SpaSP" (L4DC 2022), Algorithm 1, with the 20 iterations of its code.
/// Complexity: iterations x (a forward pass of the network, two of the layer, one backward).
package struct PublishedISpaSP: Sendable {
  /// The number of iterations.
  package var iterations = 20
  /// The number of samples in a batch.
  package var batchSize = 256

  /// The published method.
  package init() {}

  /// Selects `count` units of `group`; the support after each iteration, in ascending order.
  ///
  /// - Throws: `EspalierError` if several layers read the group, or network and data do not fit.
  package func supports(
    _ count: Int, of group: PruningGroup, in graph: Graph, on data: any CalibrationData,
    backend: any Backend = Backends.standard
  ) throws(EspalierError) -> [[Int]] {
    let layer = try group.soleConsumer()
    let units = group.elements[layer.activation]!
    let hidden = HiddenBatches(of: layer, judgedBy: [layer.output], in: graph, asPruned: nil, on: backend)
    var tails: [Shape: (masked: MaskedTail, gradient: TailGradient)] = [:]
    var supports: [[Int]] = []
    for _ in 0..<iterations {
      var (importance, size) = ([Double](repeating: 0, count: group.size), [Double](repeating: 0, count: group.size))
      let stream = try data.batches(of: min(batchSize, data.count))
      while let inputs = try stream.next() {
        let batch = try hidden.batch(of: inputs)
        if tails[batch.hidden.shape] == nil {
          tails[batch.hidden.shape] = (
            try MaskedTail(of: group, layer, judgedBy: [layer.output], in: graph, for: batch, on: backend),
            try TailGradient(of: layer, in: graph, for: batch, on: backend)
          )
        }
        let tail = tails[batch.hidden.shape]!
        // V is all of U, the bias included, while nothing is kept.
        var residual = batch.target[layer.output]!
        if let support = supports.last {
          try tail.masked.load(batch)
          for unit in 0..<group.size { tail.masked.set(unit, to: 0) }
          for unit in support { tail.masked.set(unit, to: 1) }
          residual = Tensor(shape: residual.shape, try tail.masked.missing())
        }
        let gradient = try tail.gradient.run(batch, residual)
        gradient.add(toSumsOf: units, along: layer.activation.axis, &importance)
        batch.hidden.add(toSumsOf: units, along: layer.activation.axis, magnitudes: true, &size)
      }
      let merged = Set((0..<group.size).largest(2 * count, by: importance)).union(supports.last ?? [])
      supports.append(merged.sorted().largest(count, by: size).sorted())
    }
    return supports
  }
}

/// `W^T V`: the gradient of a layer's output with respect to its input, for a given residual.
private struct TailGradient {
  private let session: Session
  private let activation, seed, gradient: String

  init(
    of layer: WeightedContraction, in graph: Graph, for batch: HiddenBatch, on backend: any Backend
  ) throws(EspalierError) {
    activation = layer.activation.value
    let tail = graph.extracting(from: [ValueInfo(activation)], to: [layer.output])
    let feeds = [activation: TensorType(of: batch.hidden)]
    let differentiation = try Differentiation(
      of: layer.output, in: tail, withRespectTo: [activation], feeds: feeds)
    guard let seed = differentiation.seed, let gradient = differentiation.gradients[activation] else {
      throw EspalierError(.model, "layer \"\(layer.label)\"", "has a single output, which is nothing to select by")
    }
    (self.seed, self.gradient) = (seed, gradient)
    let types = [activation: TensorType(of: batch.hidden), seed: TensorType(of: batch.target[layer.output]!)]
    session = try Session(Plan(differentiation.graph, feeds: types, results: [gradient]), on: backend)
  }

  func run(_ batch: HiddenBatch, _ residual: Tensor) throws(EspalierError) -> Tensor {
    try session.run([activation: batch.hidden, seed: residual])[gradient]!
  }
}

extension Tensor {
  /// Adds, for each unit, the sum over all elements of its channels along `axis`.
  fileprivate func add(toSumsOf units: [[Int]], along axis: Int, magnitudes: Bool = false, _ sums: inout [Double]) {
    let (width, inner) = (shape[axis], shape[(axis + 1)...].reduce(1, *))
    var channels = [Double](repeating: 0, count: width)
    withElements(as: Float.self) { values in
      for index in values.indices {
        let value = Double(values[index])
        channels[index / inner % width] += magnitudes ? abs(value) : value
      }
    }
    for (unit, own) in units.enumerated() { sums[unit] += own.reduce(0) { $0 + channels[$1] } }
  }
}
