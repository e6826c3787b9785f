/// Where a minimisation stands after an epoch.
package struct Progress: Sendable {
  /// How many epochs are done.
  package let epoch: Int
  /// How many steps are done.
  package let steps: Int
  /// The objective where it was computed last: at `solution`, if the options trace it.
  package let objective: Double
  /// The coefficients, the intercept last.
  package let solution: [Double]
}
