/// The progress of a minimisation after an epoch.
package struct Progress: Sendable {
  /// The number of epochs done.
  package let epoch: Int
  /// The number of steps done.
  package let steps: Int
  /// The last computed objective: that at `solution`, if the options trace it.
  package let objective: Double
  /// The coefficients, the intercept last.
  package let solution: [Double]
}
