import EspalierFiles
import EspalierGraph
import EspalierLinearAlgebra
import OrderedCollections

/// The re-fit of the layers that read a pruned group to its kept units.
struct GroupRefit {
  /// Layers that read the group with the same weights; a single layer if weights are not shared.
  private struct Shared {
    let layers: [WeightedContraction]
    /// The re-fits of the layers' groups, one for layers that are not grouped. Empty if the weights stay unchanged.
    let parts: [LayerRefit]
    /// The remaining residual, summed over the layers.
    let residual: Double
    /// The same on samples that have not determined the weights; `nil` without folds.
    let heldOutResidual: Double?

    var weight: Matrix { .stacked(parts.map(\.weight)) }
    var bias: [Double]? { parts.allSatisfy { $0.bias != nil } ? parts.flatMap { $0.bias ?? [] } : nil }
  }

  private let refits: [Shared]

  /// Re-fits every layer that reads `group` to its `kept` units, starting from the layer's weights in `graph`: these
  /// are re-fitted already if the layer reads another group that was pruned before.
  ///
  /// Layers that share their weights and have equal biases get the same new ones: they are treated as one layer that
  /// reads the inputs of all. If their biases or the normalisations behind them differ, or other nodes read the weights
  /// too, the weights stay unchanged.
  ///
  /// - Parameter dropped: The channels that a layer has lost already.
  /// - Throws: `EspalierError` if a layer's weights are not floating point.
  init(
    _ group: PruningGroup, _ problem: SelectionProblem, keeping kept: [Int], ridge: Ridge, of graph: Graph,
    dropped: (WeightedContraction) -> Set<Int>
  ) throws(EspalierError) {
    let readers = graph.consumers()
    refits = try Reading.all(of: group, problem, in: graph).map { readings in
      let layers = readings.map(\.layer)
      guard Self.isFree(readings, readers) else {
        let consumers = readings.flatMap(\.consumers)
        let rest = SelectionProblem(unitCount: group.size, consumers: consumers)
        let residual = rest.residual(keeping: kept) ?? 0
        return Shared(layers: layers, parts: [], residual: residual, heldOutResidual: residual)
      }
      let (dropped, count) = (dropped(layers[0]), readings[0].consumers.count)
      let size = layers[0].channelCount(in: graph) / count
      let parts = (0..<count).map { part in
        let consumer = SelectionProblem.Consumer(joining: readings.map { $0.consumers[part] })
        let taps = consumer.tapSums.taps
        let absent = (0..<size).filter { dropped.contains(part * size + $0) }.flatMap { $0 * taps..<($0 + 1) * taps }
        return LayerRefit(consumer, keeping: kept, absent: Set(absent), ridge: ridge)
      }
      return Shared(
        layers: layers, parts: parts, residual: parts.reduce(0) { $0 + $1.residual },
        heldOutResidual: Self.sum(parts.filter(\.changesWeights).map(\.heldOutResidual)))
    }
  }

  /// Whether weights and biases can change: only these layers read them, and all with the same effect.
  private static func isFree(_ readings: [Reading], _ readers: [String: [Int]]) -> Bool {
    let (first, stored) = (readings[0], Set(readings.flatMap(\.weights.stored)))
    return readings.allSatisfy { $0.weights.weight == first.weights.weight && $0.weights.bias == first.weights.bias }
      && stored.allSatisfy { name in
        readers[name, default: []].count == readings.count { $0.weights.stored.contains(name) }
      }
  }

  /// The remaining residual, summed over the layers.
  var residual: Double { refits.reduce(0) { $0 + $1.residual } }

  /// The same on samples that have not determined the weights; `nil` without folds.
  var heldOutResidual: Double? { Self.sum(refits.map(\.heldOutResidual)) }

  /// The residual with the weights as they were, relative to the dense network's values, and the energy of these; `nil`
  /// where a layer's target is its own output.
  var unchanged: (residual: Double, energy: Double)? {
    let parts = refits.flatMap(\.parts)
    guard !parts.isEmpty, refits.allSatisfy({ !$0.parts.isEmpty }),
      let residual = Self.sum(parts.map { $0.unchanged?.residual }),
      let energy = Self.sum(parts.map { $0.unchanged?.energy })
    else { return nil }
    return (residual, energy)
  }

  /// The sum of all; `nil` if one is missing.
  private static func sum(_ values: [Double?]) -> Double? {
    values.reduce(0) { sum, value in sum.flatMap { sum in value.map { sum + $0 } } }
  }

  /// Writes the new weights into the dense `graph`: those of dropped units become zero and are not removed yet.
  ///
  /// - Throws: `EspalierError` if a layer's weights are not floating point.
  func store(in graph: inout Graph) throws(EspalierError) {
    for refit in refits where refit.parts.contains(where: \.changesWeights) {
      var changed: Set<[String]> = []
      for weights in try refit.layers.map({ (layer) throws(EspalierError) in try LayerWeights(layer, in: graph) })
      where changed.insert(weights.stored).inserted {
        weights.store(refit.weight, refit.bias, in: &graph)
      }
    }
  }
}

/// A layer that reads a group: its weights and, for each of the layer's groups, the consumer in the selection problem.
private struct Reading {
  let layer: WeightedContraction
  let weights: LayerWeights
  let consumers: [SelectionProblem.Consumer]

  /// The layers that read `group`, those with the same stored weights together, with their weights in `graph`.
  static func all(of group: PruningGroup, _ problem: SelectionProblem, in graph: Graph) throws(EspalierError)
    -> [[Reading]]
  {
    var consumers = problem.consumers[...]
    var readings: OrderedDictionary<String, [Reading]> = [:]
    for layer in group.consumers {
      let weights = try LayerWeights(layer, in: graph)
      let isWhole = consumers[consumers.startIndex].weight.rows == weights.weight.rows
      let own = isWhole ? [(weights.expanded, weights.bias)] : weights.parts
      let parts = own.map { consumers.removeFirst().with(weight: $0.0, bias: $0.1) }
      readings[layer.weight.value, default: []].append(Reading(layer: layer, weights: weights, consumers: parts))
    }
    return Array(readings.values)
  }
}
