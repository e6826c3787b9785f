/// A model's input column: numbers, or levels with an indicator for each but the reference.
package struct TableColumn: Hashable, Codable, Sendable {
  /// The name in the header.
  package var name: String
  /// All levels, in order; `nil` for a column of numbers.
  package var levels: [String]?
  /// The level without an indicator, because the intercept represents it.
  package var reference: String?
  /// The mean of a column of numbers.
  package var mean: Double?
  /// The most frequent level.
  package var mostFrequent: String?
  /// The notation of a column of numbers that are not plain.
  package var notation: NumberNotation?

  /// The levels with an indicator.
  var indicators: [String] { (levels ?? []).filter { $0 != reference } }

  /// The names of the column's features: its own, or `column=level` for each indicator.
  package var features: [String] {
    levels == nil ? [name] : indicators.map { "\(name)=\($0)" }
  }
}

/// The conversion of a target's values to numbers.
package enum TargetCoding: Hashable, Codable, Sendable {
  /// Numbers, unchanged.
  case number
  /// Two numbers; the first counts as 0 and the second as 1.
  case twoNumbers(Double, Double)
  /// Class names; the number of a class is its index.
  case classes([String])
}

/// A feature and its statistics.
package struct FeatureSummary: Hashable, Sendable {
  /// The name: that of the column, or `column=level`.
  package var name: String
  /// The mean over all rows.
  package var mean: Double
  /// The standard deviation over all rows.
  package var deviation: Double

  /// A summary.
  package init(name: String, mean: Double, deviation: Double) {
    self.name = name
    self.mean = mean
    self.deviation = deviation
  }
}
