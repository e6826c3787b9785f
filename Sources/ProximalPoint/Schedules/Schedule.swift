/// The change of the step size: the factor of a method's step size at its t-th step, t = 0, 1, ...
package protocol Schedule: Sendable {
  /// The name in reports.
  var name: String { get }
  /// Whether the factor is always 1.
  static var isConstant: Bool { get }
  /// The factor of step `step`.
  func factor(at step: Int) -> Double
}

/// A constant step size.
package struct ConstantStep: Schedule {
  /// The schedule.
  package init() {}

  /// The name in reports.
  package var name: String { "constant step" }

  /// True.
  package static var isConstant: Bool { true }

  /// 1.
  package func factor(at step: Int) -> Double { 1 }
}
