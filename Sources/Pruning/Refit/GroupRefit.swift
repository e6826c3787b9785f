import Graph
import LinearAlgebra
import Tensors

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
  func store(in graph: inout Graph) {
    let readers = graph.consumers()
    for (layer, refit) in layers where refit.changesWeights {
      let stored = [layer.weight.value] + (layer.bias.map { [$0] } ?? [])
      guard stored.allSatisfy({ readers[$0, default: []].count == 1 }) else { continue }
      let matrix = layer.weight.axis == 1 ? refit.weight : refit.weight.transposed
      graph.store(matrix.elements.map { $0 / Double(layer.weightScale) }, in: layer.weight.value)
      if let name = layer.bias, let bias = refit.bias {
        graph.store(bias.map { $0 / Double(layer.biasScale) }, in: name)
      }
    }
  }
}

extension Graph {
  fileprivate mutating func store(_ elements: [Double], in constant: String) {
    guard let old = constants[constant] else { return }
    constants[constant] = Tensor(shape: old.shape, elements.map { Float($0) })
  }
}
