import EspalierLinearAlgebra

extension SelectionProblem.Consumer {
  /// The consumers that a layer contributes to a selection problem: a grouped convolution is one for each of its
  /// groups, which read disjoint channels. If only the units' contributions to the whole output are known, it is a
  /// single consumer, whose weight matrix has zeros outside the groups.
  ///
  /// - Parameter channels: For each unit, the layer's input channels that belong to it.
  static func parts(
    of layer: WeightedContraction, _ weights: LayerWeights, channels: [[Int]], _ statistics: ActivationStatistics
  ) -> [SelectionProblem.Consumer] {
    if layer.groups > 1, case .contributions? = statistics.secondMoments {
      return [Self(weight: weights.expanded, bias: weights.bias, channels: channels, statistics: statistics)]
    }
    let size = statistics.tapSums.channelSums.count / layer.groups
    return weights.parts.enumerated().map { part, own in
      let range = part * size..<(part + 1) * size
      return Self(
        weight: own.weight, bias: own.bias,
        channels: channels.map { $0.filter(range.contains).map { $0 - range.lowerBound } },
        statistics: statistics.part(part, of: layer.groups))
    }
  }
}
