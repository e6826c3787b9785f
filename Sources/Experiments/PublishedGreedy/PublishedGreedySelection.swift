import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierPruning
import EspalierTensors

/// Greedy forward selection as published: every candidate is judged by a forward pass of the network with it added.
///
/// Starts empty. At each step a mini-batch is drawn, and up to `candidates` of the units not yet selected; the network
/// runs on the mini-batch with the selected units and each of these in turn, and the one with the smallest
/// `|| U - U_S ||^2` is selected. It ends at a size, or once the residual is within the tolerance.
///
/// U is what is judged: the output of the layer that reads the units (*local imitation*), or the outputs of the network
/// (*global imitation*). Of C units, n selected ones have their own weights, or each C / n times them: the network as a
/// mean over units, of which a subset is a mean again. Only the part behind the units runs for a candidate, where the
/// sources run the whole network: the times measured here favour the method.
///
/// Sources: M. Ye, C. Gong, L. Nie, D. Zhou, A. Klivans and Q. Liu, "Good Subnetworks Provably Exist: Pruning via
/// Greedy Forward Selection" (ICML 2020), Algorithm 1 and section 5 (up to 50 candidates a step, mean-field weights);
/// M. Ye, L. Wu and Q. Liu, "Greedy Optimization Provably Wins the Lottery" (NeurIPS 2020), for local and global
/// imitation. A unit is selected once here; the theory allows repetitions.
/// Complexity: steps x candidates forward passes.
package struct PublishedGreedySelection: Sendable {
  /// The weights of selected units.
  package enum Weights: Sendable {
    /// Their own, as i-SpaSP keeps them.
    case unchanged
    /// C / n times their own.
    case meanField
  }

  /// The values by which candidates are judged.
  package enum Objective: Sendable {
    /// The output of the layer that reads the units.
    case layer
    /// The outputs of the network.
    case network
  }

  /// The number of candidates a step.
  package var candidates = 50
  /// The weights of selected units.
  package var weights = Weights.unchanged
  /// The values by which candidates are judged.
  package var objective = Objective.layer
  /// The number of samples in a mini-batch.
  package var miniBatch = 256
  /// `|| U - U_S ||^2 / || U ||^2` at which the selection ends before it has reached its size.
  package var tolerance = 0.0
  /// The seed of the draws.
  package var seed: UInt64 = 0

  /// The published method, with 50 candidates a step on mini-batches of 256.
  package init() {}

  /// The selection at a size, with its time.
  package struct Checkpoint: Sendable {
    /// The units kept, in ascending order.
    package let kept: [Int]
    /// Seconds since the beginning, the passes that compute the hidden representation included.
    package let seconds: Double
  }

  /// Selects units of `group` one by one and records the state at each of `sizes`, and where the tolerance is met.
  ///
  /// - Parameters:
  ///   - dense: The dense network.
  ///   - pruned: The network as pruned so far, if it is another.
  ///   - progress: Called after each step with the number of units selected.
  /// - Throws: `EspalierError` if several layers read the group, or network and data do not fit.
  package func select(
    _ sizes: [Int], of group: PruningGroup, in dense: Graph, asPruned pruned: Graph? = nil,
    on data: any CalibrationData, backend: any Backend = Backends.standard, progress: (Int) -> Void = { _ in }
  ) throws(EspalierError) -> [Checkpoint] {
    let start = ContinuousClock.now
    let layer = try group.soleConsumer()
    let judged = objective == .layer ? [layer.output] : dense.outputs.map(\.name)
    let batches = try batches(of: layer, judgedBy: judged, in: dense, asPruned: pruned, on: data, backend)
    var tail = try MaskedTail(of: group, layer, judgedBy: judged, in: pruned ?? dense, for: batches[0], on: backend)
    var generator = SeededGenerator(seed: seed)
    var open = Array(0..<group.size)
    var kept: [Int] = []
    var checkpoints: [Checkpoint] = []
    for unit in open { tail.set(unit, to: 0) }
    while let last = sizes.max(), kept.count < last, !open.isEmpty {
      let batch = batches.count == 1 ? batches[0] : batches[generator.index(below: batches.count)]
      if tail.fits(batch) {
        try tail.load(batch)
      } else {
        tail = try MaskedTail(of: group, layer, judgedBy: judged, in: pruned ?? dense, for: batch, on: backend)
        for unit in 0..<group.size { tail.set(unit, to: 0) }
      }
      let factor = weights == .unchanged ? 1 : Float(group.size) / Float(kept.count + 1)
      for unit in kept { tail.set(unit, to: factor) }
      var best: (unit: Int, residual: Double)?
      for unit in open.count <= candidates ? open : Array(open.shuffled(using: &generator).prefix(candidates)) {
        tail.set(unit, to: factor)
        let residual = try tail.residual()
        tail.set(unit, to: 0)
        if residual < best?.residual ?? .infinity { best = (unit, residual) }
      }
      guard let best else {
        throw EspalierError(.diverged, "the output with units of group \"\(group.id)\"", "is not finite")
      }
      kept.append(best.unit)
      open.removeAll { $0 == best.unit }
      let isClose = tolerance > 0 && best.residual <= tolerance * batch.energy
      if sizes.contains(kept.count) || isClose {
        checkpoints.append(Checkpoint(kept: kept.sorted(), seconds: (ContinuousClock.now - start) / .seconds(1)))
      }
      progress(kept.count)
      if isClose { break }
    }
    return checkpoints
  }

  /// The mini-batches, among which each step draws one; the last is left out if it is smaller than the others.
  private func batches(
    of layer: WeightedContraction, judgedBy judged: [String], in dense: Graph, asPruned pruned: Graph?,
    on data: any CalibrationData, _ backend: any Backend
  ) throws(EspalierError) -> [HiddenBatch] {
    let hidden = HiddenBatches(of: layer, judgedBy: judged, in: dense, asPruned: pruned, on: backend)
    let stream = try data.batches(of: min(miniBatch, data.count))
    var batches: [HiddenBatch] = []
    while let inputs = try stream.next() {
      let batch = try hidden.batch(of: inputs)
      if let first = batches.first, batch.hidden.shape[0] < first.hidden.shape[0] { break }
      batches.append(batch)
    }
    guard !batches.isEmpty else { throw EspalierError(.data, data.name, "has no samples") }
    return batches
  }
}

extension HiddenBatch {
  /// `|| U ||^2`.
  fileprivate var energy: Double {
    target.values.reduce(0) { $0 + ($1.floats() ?? []).reduce(0) { $0 + Double($1) * Double($1) } }
  }
}
