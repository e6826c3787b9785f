/// The open interval of linear predictors for which a loss is defined: those whose means are possible.
package struct PredictorDomain: Hashable, Sendable {
  /// The end on the left, which does not belong to it.
  package let lower: Double
  /// The end on the right, which does not belong to it.
  package let upper: Double

  /// An interval.
  package init(lower: Double = -.infinity, upper: Double = .infinity) {
    (self.lower, self.upper) = (lower, upper)
  }

  /// All numbers.
  package static var everywhere: PredictorDomain { PredictorDomain() }

  /// The positive numbers.
  package static var positive: PredictorDomain { PredictorDomain(lower: 0) }

  /// Whether a loss is defined at a predictor.
  package func contains(_ g: Double) -> Bool { g > lower && g < upper }

  /// A slope that leads back from a predictor outside: far above that of any loss inside, and its square finite.
  func slope(outside g: Double) -> Double { g <= lower ? -1e100 : 1e100 }
}
