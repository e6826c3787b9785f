import Graph
import LinearAlgebra

/// The layers that read a pruned group, re-fitted to the units that are kept.
struct GroupRefit {
  private let layers: [(layer: WeightedContraction, refit: LayerRefit)]

  /// Re-fits every layer that reads `group` to its `kept` units.
  init(_ group: PruningGroup, _ problem: SelectionProblem, keeping kept: [Int], ridge: Ridge) {
    layers = zip(group.consumers, problem.consumers).map { ($0, LayerRefit($1, keeping: kept, ridge: ridge)) }
  }

  /// The residual left, summed over the layers.
  var residual: Double { layers.reduce(0) { $0 + $1.refit.residual } }

  /// Writes the new weights into the dense `graph`: those of dropped units become zero, none is removed yet.
  ///
  /// A layer whose weights are shared with another node stays as it is: re-fitting it would change the other.
  ///
  /// - Throws: `DataError` if a layer's weights are not made of numbers.
  func store(in graph: inout Graph) throws {
    let readers = graph.consumers()
    for (layer, refit) in layers where refit.changesWeights {
      let weights = try LayerWeights(layer, in: graph)
      guard weights.stored.allSatisfy({ readers[$0, default: []].count == 1 }) else { continue }
      weights.store(refit.weight, refit.bias, in: &graph)
    }
  }
}
