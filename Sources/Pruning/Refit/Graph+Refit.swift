import Graph
import LinearAlgebra
import Tensors

extension Graph {
  /// The graph whose layers that read `group` are re-fitted to its `kept` units: weights of dropped units are zero, none is
  /// removed yet.
  ///
  /// A layer whose weights are shared with another node stays as it is: re-fitting it would change the other.
  func refitting(_ group: PruningGroup, keeping kept: [Int], _ problem: SelectionProblem, ridge: Ridge) -> Graph {
    guard kept.count < group.size else { return self }
    let consumers = consumers()
    var result = self
    for (layer, consumer) in zip(group.consumers, problem.consumers) {
      let isShared = [layer.weight.value, layer.bias].contains {
        $0.map { consumers[$0, default: []].count > 1 } ?? false
      }
      if isShared { continue }
      let refit = LayerRefit(consumer, keeping: kept, ridge: ridge)
      result.store(refit, in: layer)
    }
    return result
  }

  private mutating func store(_ refit: LayerRefit, in layer: WeightedContraction) {
    let matrix = layer.weight.axis == 1 ? refit.weight : refit.weight.transposed
    let old = constants[layer.weight.value]!
    let scale = Double(layer.weightScale)
    constants[layer.weight.value] = Tensor(shape: old.shape, matrix.elements.map { Float($0 / scale) })
    if let name = layer.bias, let bias = refit.bias, let old = constants[name] {
      let scale = Double(layer.biasScale)
      constants[name] = Tensor(shape: old.shape, bias.map { Float($0 / scale) })
    }
  }
}
