import EspalierLinearAlgebra

extension SelectionProblem.Consumer {
  /// A layer as the consumers it is for a selection: a grouped convolution is one for each of its groups, which read nothing of each
  /// other. Where only the units' contributions to the whole output are known, it is one, of a weight matrix with zeros outside the
  /// groups.
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
