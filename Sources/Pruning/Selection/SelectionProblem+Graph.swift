import EspalierFiles
import EspalierGraph
import EspalierLinearAlgebra
import EspalierTensors

extension SelectionProblem {
  /// The selection problem for the units of `group`. A grouped convolution counts as one layer per group.
  ///
  /// - Throws: `EspalierError` if a layer's weights are not floating point.
  init(
    _ group: PruningGroup, of graph: Graph, _ statistics: [GroupReading: ActivationStatistics]
  ) throws(EspalierError) {
    self.init(
      unitCount: group.size,
      consumers: try group.consumers.map { (layer) throws(EspalierError) in
        try Consumer.parts(
          of: layer, LayerWeights(layer, in: graph), channels: group.elements[layer.activation]!,
          statistics[GroupReading(group: group, layer: layer)]!)
      }.flatMap { $0 },
      producerWeights: graph.producerWeights(of: group))
  }
}

extension Graph {
  /// For each unit of `group`, all weights of the layers that produce it.
  fileprivate func producerWeights(of group: PruningGroup) -> ProducerWeights {
    let layers = group.producers.map(\.outputAxis).compactMap { axis in
      constants[axis.value].map { (tensor: $0, axis: axis, elements: group.elements[axis]!) }
    }
    return ProducerWeights(count: group.size) { unit in
      layers.flatMap { tensor, axis, elements in
        tensor.taking(elements[unit], along: axis.axis, blocks: axis.blocks).doubles() ?? []
      }
    }
  }
}
