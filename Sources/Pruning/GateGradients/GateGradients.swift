import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierLinearAlgebra
import EspalierOperators
import EspalierTensors

/// The squared gradients of a loss at gates on the units of groups, summed over samples: one pass of reverse mode
/// through the dense network.
///
/// A gate is a factor `m_i = 1` on unit i in front of every layer that reads it, so that `m_i = 0` drops the unit. With
/// `a_i` the values that a reader receives,
///
///     dL/dm_i = sum over readers and positions of a_i dL/da_i        s_i = sum over samples of (dL/dm_i)^2
///
/// To second order, dropping unit i alone raises the loss on the network's own answers by `s_i / 2`.
///
/// Source: P. Molchanov et al., "Importance estimation for neural network pruning", CVPR 2019, section 3.2 (gates);
/// W. Kwon et al., "A fast post-training pruning framework for transformers", NeurIPS 2022, section 4.1 (Fisher).
/// Complexity: one forward and one backward pass; memory does not grow with the number of samples.
package struct GateGradients: Sendable {
  /// The loss that is differentiated.
  package enum Loss: Hashable, Sendable, CaseIterable {
    /// The distance from the network's own outputs: no labels are needed.
    case output
    /// The cross-entropy of the first output to labels.
    case labels
  }

  /// The most bytes of intermediate values in one run.
  private static let arenaLimit = 256 << 20

  /// For each group, by its identifier, one number for each unit.
  package let sums: [String: [Double]]

  /// Runs `graph` and its derivative over `data`.
  ///
  /// - Parameters:
  ///   - seed: Determines the random directions in which ``Loss/output`` is sampled.
  ///   - progress: Receives the number of samples done.
  /// - Throws: `EspalierError`: a refusal if labels are needed and the data has none, or an operator between a group
  ///   and the loss has no derivative; otherwise if network and data do not fit.
  package init(
    of loss: Loss, in graph: Graph, _ groups: [PruningGroup], on data: any CalibrationData, batchSize: Int,
    backend: any Backend = Backends.standard, seed: UInt64 = 0, progress: (Int) -> Void = { _ in }
  ) throws(EspalierError) {
    let readings = GroupReading.all(of: groups)
    let gates = GatedGraph(graph, readings)
    let source = try GateSamples(data, needLabels: loss == .labels)
    func derivative(_ feeds: [String: TensorType]) throws(EspalierError) -> GateDerivative {
      try GateDerivative(of: loss, in: gates, feeds: feeds, classCount: source.classCount)
    }
    let size = try Self.batchSize(atMost: min(batchSize, data.count), of: graph) { (feeds) throws(EspalierError) in
      try derivative(feeds).plan.arenaByteCount
    }
    let next = try source.batches(of: size)
    var generator = SeededGenerator(seed: seed)
    var compiled: (feeds: [String: TensorType], derivative: GateDerivative, session: Session)?
    var totals = Dictionary(uniqueKeysWithValues: groups.map { ($0.id, Array(repeating: 0.0, count: $0.size)) })
    var done = 0
    while let (inputs, labels) = try next() {
      let feeds = inputs.mapValues(TensorType.init(of:))
      if compiled?.feeds != feeds {
        let derivative = try derivative(feeds)
        compiled = (feeds, derivative, try Session(derivative.plan, on: backend))
      }
      guard let (_, derivative, session) = compiled else { break }
      let count = feeds.batchSize
      try session.feed(inputs)
      try session.feed(derivative.directions(labels, &generator))
      session.run()
      for group in groups {
        var sums = Matrix(rows: count, columns: group.size)
        for layer in group.readers {
          guard let name = derivative.products[layer] else { continue }
          try sums.add(session.buffer(name), GroupReading(group: group, layer: layer))
        }
        for unit in 0..<group.size { totals[group.id]![unit] += sums.column(unit).reduce(0) { $0 + $1 * $1 } }
      }
      done += count
      progress(done)
    }
    if let group = groups.first(where: { !totals[$0.id]!.allSatisfy(\.isFinite) }) {
      throw EspalierError(
        .data, data.name, "drives the gradients of group \"\(group.id)\" beyond the range of single precision",
        remedy: "check how the data is scaled")
    }
    sums = totals
  }

  /// The largest batch of at most `limit` samples whose intermediate values fit into their memory; halved until they
  /// do.
  private static func batchSize(
    atMost limit: Int, of graph: Graph, arena: ([String: TensorType]) throws(EspalierError) -> Int
  ) throws(EspalierError) -> Int {
    if let fixed = graph.fixedBatch { return fixed }
    var size = max(1, limit)
    while size > 1, try arena(graph.feedTypes(batch: size)) > arenaLimit { size /= 2 }
    return size
  }
}

extension Matrix {
  /// Adds the products `a dL/da` that one layer reads, samples x units, from a buffer of rows x channels whose rows are
  /// divided evenly among the samples.
  fileprivate mutating func add(_ buffer: Buffer, _ reading: GroupReading) {
    let values = buffer.floats
    let channels = buffer.type.shape[reading.layer.activation.axis]
    let rowsOfSample = max(1, values.count / channels / max(rows, 1))
    for (unit, own) in reading.channels.enumerated() {
      for row in 0..<rows * rowsOfSample {
        for channel in own { self[row / rowsOfSample, unit] += Double(values[row * channels + channel]) }
      }
    }
  }
}
