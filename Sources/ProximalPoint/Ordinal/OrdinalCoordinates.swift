/// The coordinates of an ordinal model: the coefficients of the features, an intercept c, and the distances
/// `s_2 < ... < s_(K-1)` of the thresholds from the first: `t_1 = -c`, `t_k = s_k - c`.
///
/// As in any other model the intercept alone moves when features are centred. Losses are convex in these coordinates,
/// because they are in the thresholds.
package struct OrdinalCoordinates: Sendable {
  /// The number of features.
  package let features: Int
  /// The number of classes.
  package let classes: Int

  /// The coordinates of a model of this many features and classes.
  package init(features: Int, classes: Int) {
    (self.features, self.classes) = (features, classes)
  }

  /// The number of coordinates.
  package var dimension: Int { features + classes - 1 }

  /// The thresholds.
  package func thresholds(_ x: [Double]) -> [Double] { distances(x).map { $0 - x[features] } }

  /// The distances of all thresholds from the first, 0 for itself.
  package func distances(_ x: [Double]) -> [Double] { [0] + x.suffix(classes - 2) }

  /// The features, and the thresholds counted after them, that move along a flat direction, given in standardised
  /// coordinates and in those of the original features.
  func moving(_ step: [Double], restored: [Double]) -> [Int] {
    FlatDirection.coefficients(
      moving: step, restored: restored.prefix(features) + thresholds(restored), block: dimension, features: features)
  }

  /// The intercept and the distances of thresholds.
  package static func coordinates(ofThresholds thresholds: [Double]) -> [Double] {
    [-thresholds[0]] + thresholds.dropFirst().map { $0 - thresholds[0] }
  }
}
