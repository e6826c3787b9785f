import EspalierFiles
import EspalierGraph
import EspalierLinearAlgebra
import EspalierOperators
import EspalierTensors

extension SelectionProblem {
  /// The selection problem for the units of `group`. A grouped convolution counts as one layer per group, and a product
  /// of two computed values as a layer whose weights are ones.
  ///
  /// - Throws: `EspalierError` if a layer's weights are not floating point.
  init(
    _ group: PruningGroup, of graph: Graph, _ statistics: [GroupReading: ActivationStatistics]
  ) throws(EspalierError) {
    self.init(
      unitCount: group.size,
      consumers: try group.readers.map { (layer) throws(EspalierError) in
        if let width = layer.productWidth {
          let ones = Matrix(rows: 1, columns: width, Array(repeating: 1, count: width))
          return [
            Consumer(
              weight: ones, bias: nil, channels: group.elements[layer.activation]!,
              statistics: statistics[GroupReading(group: group, layer: layer)]!)
          ]
        }
        return try Consumer.parts(
          of: layer, LayerWeights(layer, in: graph), channels: group.elements[layer.activation]!,
          statistics[GroupReading(group: group, layer: layer)]!)
      }.flatMap { $0 },
      producerWeights: graph.producerWeights(of: group))
    traits.group = group.id
    traits.normalizationScales = graph.normalizationScales(of: group)
  }
}

extension Graph {
  /// For each unit of `group`, all weights of the layers that produce it.
  func producerWeights(of group: PruningGroup) -> ProducerWeights {
    let layers = group.producers.map(\.outputAxis).compactMap { axis in
      constants[axis.value].map { (tensor: $0, axis: axis, elements: group.elements[axis]!) }
    }
    return ProducerWeights(count: group.size) { unit in
      layers.flatMap { tensor, axis, elements in
        tensor.taking(elements[unit], along: axis.axis, blocks: axis.blocks).doubles() ?? []
      }
    }
  }

  /// For each unit of `group`, the sum of `|gamma|` over its channels in batch normalisations by stored factors; `nil`
  /// if there is none.
  fileprivate func normalizationScales(of group: PruningGroup) -> [Double]? {
    let scales = nodes.filter { $0.op == BatchNormalization.name }.compactMap { node in
      constants[node.inputs[1]]?.doubles().flatMap { scale in
        group.elements[ValueAxis(node.inputs[1], 0)].map { $0.map { $0.reduce(0) { $0 + abs(scale[$1]) } } }
      }
    }
    guard let first = scales.first else { return nil }
    return scales.dropFirst().reduce(first) { zip($0, $1).map(+) }
  }
}
