/// The lower and upper bound of a result.
package struct Bounds: Hashable, Sendable {
  /// The lower bound.
  package var least: Float
  /// The upper bound.
  package var greatest: Float

  /// Bounds of these values.
  package init(least: Float, greatest: Float) {
    (self.least, self.greatest) = (least, greatest)
  }

  /// No bounds.
  package static let none = Bounds(least: -.infinity, greatest: .infinity)
}

/// An operator that may do no more than clamp each number to two bounds.
protocol BoundingOperator: Operator {
  /// The bounds, if they are known and the operator does nothing else; otherwise `nil`.
  var bounds: Bounds? { get }
}
