/// Examples with scaled features, the statistics of the originals, and the shifts yet to be subtracted.
struct StandardizedExamples<Rows: StandardizableRows> {
  /// The scaled examples.
  let examples: Examples<Rows>
  /// The means subtracted from the features, in memory or in effect, and the scales that divide them.
  let standardization: Standardization
  /// The shifts to be subtracted in effect.
  let shifts: [Double]?

  /// The number of other parameters of the loss, after the coefficients, which do not change.
  private let parameterCount: Int

  /// Scales examples. Complexity: O(nnz), and memory of the same size.
  init(_ examples: Examples<Rows>, parameterCount: Int = 0) {
    self.parameterCount = parameterCount
    let standardization = examples.rows.standardization(shifting: examples.hasIntercept)
    self.standardization = standardization
    self.examples = examples.replacing(examples.rows.standardized(by: standardization))
    let shiftable = examples.rows.shiftable
    shifts =
      shiftable.contains(false) && examples.hasIntercept
      ? shiftable.indices.map { shiftable[$0] ? 0 : standardization.means[$0] / standardization.scales[$0] } : nil
  }

  /// An objective over these examples, in their coordinates.
  func objective<Base: SmoothObjective>(_ base: Base) -> StandardizedObjective<Base> {
    StandardizedObjective(base, scales: standardization.scales, shifts: shifts)
  }

  /// The coordinates of coefficients of the original features, predictor by predictor.
  func coordinates(_ solution: [Double]) -> [Double] {
    byPredictor(solution) { standardization.apply($0, hasIntercept: examples.hasIntercept) }
  }

  /// The coefficients of the original features.
  func coefficients(_ coordinates: [Double]) -> [Double] {
    byPredictor(coordinates) { standardization.restore($0, hasIntercept: examples.hasIntercept) }
  }

  /// The outcome of a polish in these coordinates after an approach, in coefficients of the original features.
  func restored(
    _ polish: Minimization, after approach: Minimization, hasIntercept: Bool,
    _ transform: ([Double]) -> [Double] = { $0 }
  ) -> Minimization {
    var result = polish.following(approach).mapping(prefix: "standardised features; ", hasIntercept: hasIntercept) {
      transform(coefficients($0))
    }
    if let step = polish.flatDirection {
      result.unboundedCoordinates = FlatDirection.coefficients(
        moving: step, restored: coefficients(step), block: examples.dimension + parameterCount,
        features: examples.rows.dimension)
    }
    return result
  }

  private func byPredictor(_ values: [Double], _ transform: ([Double]) -> [Double]) -> [Double] {
    let block = examples.dimension
    let own = values.count - parameterCount
    return stride(from: 0, to: own, by: max(1, block)).flatMap { transform(Array(values[$0..<$0 + block])) }
      + values.suffix(parameterCount)
  }
}
