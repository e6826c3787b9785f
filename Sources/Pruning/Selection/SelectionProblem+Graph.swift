import Files
import Graph
import LinearAlgebra
import Tensors

extension SelectionProblem {
  /// The problem of choosing among the units of `group`. A grouped convolution is as many layers as it has groups.
  ///
  /// - Throws: `EspalierError` if a layer's weights are not of a type that can be computed with.
  init(
    _ group: PruningGroup, of graph: Graph, _ statistics: [GroupReading: ActivationStatistics]
  ) throws {
    self.init(
      unitCount: group.size,
      consumers: try group.consumers.flatMap { layer in
        try Consumer.parts(
          of: layer, LayerWeights(layer, in: graph), channels: group.elements[layer.activation]!,
          statistics[GroupReading(group: group, layer: layer)]!)
      },
      producerWeights: graph.producerWeights(of: group))
  }
}

extension Graph {
  /// For each unit of `group`, all weights of the layers that make it.
  fileprivate func producerWeights(of group: PruningGroup) -> [[Double]] {
    var weights = [[Double]](repeating: [], count: group.size)
    for layer in group.producers {
      guard let tensor = constants[layer.outputAxis.value] else { continue }
      for (unit, own) in group.elements[layer.outputAxis]!.enumerated() {
        weights[unit] +=
          tensor.taking(own, along: layer.outputAxis.axis, blocks: layer.outputAxis.blocks).doubles() ?? []
      }
    }
    return weights
  }
}
