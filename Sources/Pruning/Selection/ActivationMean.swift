/// The mean absolute activation of each unit, over calibration samples, positions, its channels and the layers that
/// read it: `mean |H_i|`.
///
/// Source: P. Molchanov et al., "Pruning convolutional neural networks for resource efficient inference", ICLR 2017,
/// section 2.2 ("Activation"). Complexity: O(channels) for each consumer.
package struct ActivationMean: SelectionMethod {
  /// `activation-mean`.
  package static let identifier = "activation-mean"
  /// The title in reports.
  package static let title = "Mean activation"
  /// No second moments.
  package static let need = StatisticsNeed.sums

  /// The method, which has no settings.
  package init() {}

  /// Keeps the `count` units with the largest means.
  package func select(_ count: Int, of problem: SelectionProblem) -> Selection {
    var (sums, values) = (
      Array(repeating: 0.0, count: problem.unitCount), Array(repeating: 0, count: problem.unitCount)
    )
    for consumer in problem.consumers {
      let sizes = consumer.statistics.channelSizes
      for (unit, channels) in consumer.channels.enumerated() {
        for channel in channels { sums[unit] += sizes[channel] }
        values[unit] += channels.count * consumer.statistics.valuesOfChannel
      }
    }
    return problem.keepingLargest(count, by: zip(sums, values).map { $0 / Double(max($1, 1)) })
  }
}

extension ActivationStatistics {
  /// The number of values of one channel that ``channelSizes`` sums over.
  fileprivate var valuesOfChannel: Int {
    switch first {
    case .rows: count
    case .maps(let maps): maps.reduce(0) { $0 + $1.sampleCount * $1.windows.inputCount }
    }
  }
}
