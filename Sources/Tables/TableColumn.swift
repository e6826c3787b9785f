/// A column of a table as a model knows it: a number, or levels of which each but the reference is an indicator.
package struct TableColumn: Hashable, Codable, Sendable {
  /// The name in the header.
  package var name: String
  /// All levels, in order; `nil` for a column of numbers.
  package var levels: [String]?
  /// The level that is no feature, because an intercept stands for it.
  package var reference: String?
  /// The mean of a column of numbers.
  package var mean: Double?
  /// The most frequent level.
  package var mostFrequent: String?

  /// The levels that are features.
  var indicators: [String] { (levels ?? []).filter { $0 != reference } }

  /// The names of the features made of the column: its own, or `column=level` for each indicator.
  package var features: [String] {
    levels == nil ? [name] : indicators.map { "\(name)=\($0)" }
  }
}

/// How a target's values become numbers.
package enum TargetCoding: Hashable, Codable, Sendable {
  /// They are numbers.
  case number
  /// They are two numbers; the first counts as 0 and the second as 1.
  case twoNumbers(Double, Double)
  /// They are names of classes; the number of a class is its place here.
  case classes([String])
}

/// A feature and what is known of its values.
package struct FeatureSummary: Hashable, Sendable {
  /// Its name: that of the column, or `column=level`.
  package var name: String
  /// The mean over all rows.
  package var mean: Double
  /// The standard deviation over all rows.
  package var deviation: Double

  /// Makes a summary.
  package init(name: String, mean: Double, deviation: Double) {
    self.name = name
    self.mean = mean
    self.deviation = deviation
  }
}
