/// A constraint of every coordinate: 0 within bounds, infinite outside.
///
/// `prox_R` is the projection, whatever the step.
package struct Box: Regularizer {
  /// The range of allowed values.
  package let bounds: ClosedRange<Double>

  /// The constraint to a range.
  package init(_ bounds: ClosedRange<Double>) {
    self.bounds = bounds
  }

  /// The constraint to numbers that are not negative.
  package static var nonNegative: Box { Box(0...Double.infinity) }

  /// The name in reports.
  package var name: String { self.bounds == Box.nonNegative.bounds ? "non-negative" : "within \(bounds)" }

  /// False: a projection does not depend on the step.
  package static var dependsOnStep: Bool { false }

  /// 0 within the bounds, infinite outside.
  package func value(_ x: Double) -> Double { bounds.contains(x) ? 0 : .infinity }

  /// 0 between the bounds; at a bound and beyond, also all slopes that push outwards.
  package func subdifferential(_ x: Double) -> ClosedRange<Double> {
    (x <= bounds.lowerBound ? -.infinity : 0)...(x >= bounds.upperBound ? .infinity : 0)
  }

  /// The nearest number within the bounds.
  package func proximal(_ x: Double, step: Double) -> Double { min(max(x, bounds.lowerBound), bounds.upperBound) }

  /// 1 within the bounds, else 0.
  package func slope(_ x: Double, step: Double) -> Double { bounds.contains(x) ? 1 : 0 }

  /// Momentum alone moves a coordinate monotonically, so that it stops at the first bound it meets: the projection of
  /// the unconstrained position, now and one step before. Complexity: O(1).
  package func drift(_ coordinate: inout Coordinate, steps: Int, momentum: MomentumDecay, step: Double) {
    NoRegularizer().drift(&coordinate, steps: steps, momentum: momentum, step: step)
    coordinate.current = proximal(coordinate.current, step: step)
    coordinate.previous = proximal(coordinate.previous, step: step)
  }
}
