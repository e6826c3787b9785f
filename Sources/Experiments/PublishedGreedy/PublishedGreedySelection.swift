import EspalierEngine
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierPruning
import EspalierTensors

/// Greedy forward selection as published: every candidate is evaluated by a forward pass of the network with it added.
///
/// Starts empty. At each step, up to `candidates` units are drawn from those not selected. Each is evaluated by running
/// the tail of the network on a mini-batch with it and the selected units, and the one with the smallest
/// `|| U - U_S ||^2` is selected.
///
/// Source: M. Ye et al., "Good subnetworks provably exist", ICML 2020, Algorithm 1 and section 5 (50 candidates a
/// step). Kept weights are unchanged here as in i-SpaSP, where the source gives all kept units the same weight.
/// Complexity: steps x candidates forward passes.
package struct PublishedGreedySelection: Sendable {
  /// The number of candidates per step.
  package var candidates: Int
  /// The seed of the draws.
  package var seed: UInt64

  /// The method with this number of candidates per step.
  package init(candidates: Int = 50, seed: UInt64 = 0) {
    self.candidates = candidates
    self.seed = seed
  }

  /// The selection at a size, with its time.
  package struct Checkpoint: Sendable {
    /// The units kept, in ascending order.
    package let kept: [Int]
    /// Seconds since the beginning.
    package let seconds: Double
  }

  /// Selects units of `group` one by one and records the state at each of `sizes`.
  ///
  /// - Parameters:
  ///   - inputs: The mini-batch.
  ///   - progress: Called after each step.
  package func select(
    _ sizes: [Int], of group: PruningGroup, in graph: Graph, on inputs: [String: Tensor],
    progress: (Int) -> Void = { _ in }
  ) throws -> [Checkpoint] {
    let start = ContinuousClock.now
    let tail = try MaskedTail(of: group, in: graph, on: inputs)
    var generator = SeededGenerator(seed: seed)
    var open = Array(0..<group.size)
    var kept: [Int] = []
    var checkpoints: [Checkpoint] = []
    while let last = sizes.max(), kept.count < last, !open.isEmpty {
      let tried = open.count <= candidates ? open : Array(open.shuffled(using: &generator).prefix(candidates))
      let best = tried.map { ($0, tail.residual(adding: $0)) }.min { $0.1 < $1.1 }!.0
      tail.keep(best)
      kept.append(best)
      open.removeAll { $0 == best }
      if sizes.contains(kept.count) {
        checkpoints.append(
          Checkpoint(kept: kept.sorted(), seconds: (ContinuousClock.now - start) / .seconds(1)))
      }
      progress(kept.count)
    }
    return checkpoints
  }
}

/// The layer that reads a group, run on a fixed hidden representation of which all but some units are masked.
private final class MaskedTail {
  private let session: Session
  private let mask: UnsafeMutableBufferPointer<Float>
  private let output: UnsafeMutableBufferPointer<Float>
  private let dense: [Float]
  private let channels: [[Int]]

  init(of group: PruningGroup, in graph: Graph, on inputs: [String: Tensor]) throws {
    guard let layer = group.consumers.first, group.consumers.count == 1 else {
      throw EspalierError(
        .model, "group \"\(group.id)\"", "is read by \(group.consumers.count) layers, and one is supported here")
    }
    let activation = layer.activation.value
    let feeds = inputs.mapValues(TensorType.init(of:))
    let results = try Session(Plan(graph, feeds: feeds, results: [activation, layer.output])).run(inputs)
    guard let hidden = results[activation], let full = results[layer.output]?.floats() else {
      throw EspalierError(.internal, "value \"\(activation)\"", "is not computed")
    }
    let tail = graph.extracting(from: [ValueInfo(activation)], to: [layer.output])
    var builder = GraphBuilder(rewriting: tail)
    let name = builder.declareInput(ValueInfo("mask"))
    let masked = builder.add(Multiply.name, [activation, name], output: "masked")
    for var node in tail.nodes {
      node.inputs = node.inputs.map { $0 == activation ? masked : $0 }
      builder.append(node)
    }
    let width = hidden.shape[layer.activation.axis]
    let plan = try Plan(
      builder.graph, feeds: [activation: TensorType(of: hidden), name: TensorType([width])], results: [layer.output])
    session = try Session(plan)
    try session.set(activation, to: hidden)
    mask = try session.buffer(name).floats
    mask.update(repeating: 0)
    output = try session.buffer(layer.output).floats
    dense = full
    channels = group.elements[layer.activation]!
  }

  func residual(adding unit: Int) -> Double {
    set(unit, to: 1)
    session.run()
    set(unit, to: 0)
    var sum = 0.0
    for i in 0..<dense.count {
      let difference = Double(dense[i] - output[i])
      sum += difference * difference
    }
    return sum
  }

  func keep(_ unit: Int) { set(unit, to: 1) }

  private func set(_ unit: Int, to value: Float) {
    for channel in channels[unit] { mask[channel] = value }
  }
}
