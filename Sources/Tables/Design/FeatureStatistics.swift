import EspalierFiles

/// Means and deviations of the features of a design over rows, and the mean of the rows' weights.
struct FeatureStatistics {
  /// The features, in order.
  private(set) var summaries: [FeatureSummary]
  /// The mean weight; `nil` without weights.
  let meanWeight: Double?
  /// The value of each feature that is constant.
  private let constants: [String: Double]

  /// The statistics over rows. Complexity: a pass, and O(features) memory.
  init(of plan: DesignPlan, names: [String], over rows: any RowSource) throws(EspalierError) {
    var stored = [RunningStatistics](repeating: RunningStatistics(), count: names.count)
    var weights = RunningStatistics()
    var count = 0
    let reader = try rows.reader()
    while let raw = try reader.next(atMost: 8192) {
      let block = try plan(raw, behind: count)
      for row in 0..<block.count { block.forEachFeature(of: row) { stored[$0].add($1) } }
      for weight in block.weights { weights.add(weight) }
      count += block.count
    }
    summaries = zip(names, stored).map { $1.summary(name: $0, of: count) }
    meanWeight = weights.count > 0 ? weights.mean : nil
    var constants: [String: Double] = [:]
    for (name, statistics) in zip(names, stored) {
      if statistics.count == 0 {
        constants[name] = 0
      } else if statistics.minimum == statistics.maximum, statistics.count == count || statistics.minimum == 0 {
        constants[name] = statistics.minimum
      }
    }
    self.constants = constants
  }

  /// The names of constant features, in order; without an intercept only of those that are 0.
  func constants(hasIntercept: Bool) -> [String] {
    summaries.map(\.name).filter { name in constants[name].map { hasIntercept || $0 == 0 } ?? false }
  }

  /// The same statistics without these features.
  func omitting(_ isOmitted: (String) -> Bool) -> FeatureStatistics {
    var result = self
    result.summaries.removeAll { isOmitted($0.name) }
    return result
  }
}
