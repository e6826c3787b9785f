/// Where a minimisation stands after an epoch.
public struct Progress: Sendable {
  /// How many epochs are done.
  public let epoch: Int
  /// How many steps are done.
  public let steps: Int
  /// The objective where it was computed last: at `solution`, if the options trace it.
  public let objective: Double
  /// The coefficients, the intercept last.
  public let solution: [Double]
}
