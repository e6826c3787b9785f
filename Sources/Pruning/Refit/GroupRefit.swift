import Graph
import LinearAlgebra

/// The layers that read a pruned group, re-fitted to the units that are kept.
struct GroupRefit {
  /// One layer, and the re-fits of its groups: of a layer that is not grouped, one.
  private struct Layer {
    let layer: WeightedContraction
    let parts: [LayerRefit]

    var weight: Matrix { .stacked(parts.map(\.weight)) }
    var bias: [Double]? { parts.allSatisfy { $0.bias != nil } ? parts.flatMap { $0.bias ?? [] } : nil }
  }

  private let layers: [Layer]

  /// Re-fits every layer that reads `group` to its `kept` units, beginning with the weights it has in `graph`: where another group
  /// that it reads was pruned before, these are re-fitted already.
  ///
  /// - Parameter dropped: The channels that a layer has lost before.
  /// - Throws: `DataError` if a layer's weights are not made of numbers.
  init(
    _ group: PruningGroup, _ problem: SelectionProblem, keeping kept: [Int], ridge: Ridge, of graph: Graph,
    dropped: (WeightedContraction) -> Set<Int>
  ) throws {
    var consumers = problem.consumers[...]
    layers = try group.consumers.map { layer in
      let weights = try LayerWeights(layer, in: graph)
      let isWhole = consumers[consumers.startIndex].weight.rows == weights.weight.rows
      let own = isWhole ? [(weights.expanded, weights.bias)] : weights.parts
      let (dropped, size) = (dropped(layer), layer.channelCount(in: graph) / own.count)
      let parts = own.enumerated().map { part, own in
        let consumer = consumers.removeFirst().with(weight: own.0, bias: own.1)
        let taps = consumer.tapSums.taps
        let absent = (0..<size).filter { dropped.contains(part * size + $0) }.flatMap { $0 * taps..<($0 + 1) * taps }
        return LayerRefit(consumer, keeping: kept, absent: Set(absent), ridge: ridge)
      }
      return Layer(layer: layer, parts: parts)
    }
  }

  /// The residual left, summed over the layers.
  var residual: Double { layers.reduce(0) { $1.parts.reduce($0) { $0 + $1.residual } } }

  /// Writes the new weights into the dense `graph`: those of dropped units become zero, none is removed yet.
  ///
  /// A layer whose weights are shared with another node stays as it is: re-fitting it would change the other.
  ///
  /// - Throws: `DataError` if a layer's weights are not made of numbers.
  func store(in graph: inout Graph) throws {
    let readers = graph.consumers()
    for refit in layers where refit.parts.contains(where: \.changesWeights) {
      let weights = try LayerWeights(refit.layer, in: graph)
      guard weights.stored.allSatisfy({ readers[$0, default: []].count == 1 }) else { continue }
      weights.store(refit.weight, refit.bias, in: &graph)
    }
  }
}
