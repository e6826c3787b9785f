import EspalierLinearAlgebra

/// The same problem in as many coordinates as examples, where there are fewer examples than features and the
/// regulariser is quadratic.
///
/// With the standardised features F and the regulariser `u^T E u / 2`, the gradient `F^T d + E u` vanishes only for
/// `u = -E^-1 F^T d` (the representer theorem; G. Kimeldorf, G. Wahba, 1971). With `F E^(-1/2) = L Q^T`
/// (`WideFactorization`) these are `u = E^(-1/2) Q z`, the predictors are `F u = L z`, and `u^T E u = z^T z`: the
/// problem of the n x n rows L with the regulariser `z^T z / 2`, which direct methods solve. The columns of L keep the
/// sizes of the features apart, whatever their units.
///
/// Complexity: O(n^2 p), and memory for n x p numbers.
struct RowSpace {
  /// The rows L.
  let rows: DenseRows
  private let factorization: WideFactorization
  /// `E^(-1/2)`.
  private let roots: [Double]
  private let hasIntercept: Bool

  /// The most operations `n^2 p`: some seconds.
  private static let mostOperations = 20_000_000_000
  /// The most numbers of F.
  private static let mostElements = 50_000_000

  /// The space of the rows; `nil` where the features are few, the examples are many or the regulariser is not
  /// quadratic.
  ///
  /// - Parameter limit: The number of coefficients up to which a problem is left as it is.
  init?<Rows: FeatureRows, Base: SmoothObjective>(
    _ scaled: StandardizedExamples<Rows>, _ objective: StandardizedObjective<Base>, limit: Int
  ) {
    let rows = scaled.examples.rows
    let (n, p) = (rows.count, rows.dimension)
    let penalty = objective.penalty
    let strengths = (0..<p).map { penalty.strength(at: $0) }
    guard objective.dimension > limit, n < p, n < limit, penalty.isQuadratic,
      strengths.allSatisfy({ $0.isNormal && $0 > 0 }), n * p <= Self.mostElements, n * n * p <= Self.mostOperations
    else { return nil }
    roots = strengths.map { 1 / $0.squareRoot() }
    hasIntercept = scaled.examples.hasIntercept
    let shifts = scaled.shifts ?? [Double](repeating: 0, count: p)
    var features = Matrix(rows: n, columns: p)
    for row in 0..<n {
      for column in 0..<p { features[row, column] = -shifts[column] }
      rows.forEachElement(of: row) { features[row, $0] += $1 }
      for column in 0..<p { features[row, column] *= roots[column] }
    }
    guard features.elements.allSatisfy(\.isFinite) else { return nil }
    factorization = WideFactorization(features)
    self.rows = DenseRows(dimension: n, finite: factorization.left.elements)
  }

  /// The coordinates u of all features, predictor by predictor.
  func coordinates(_ z: [Double]) -> [Double] {
    let block = rows.dimension + (hasIntercept ? 1 : 0)
    return stride(from: 0, to: z.count, by: block).flatMap { (start: Int) -> [Double] in
      let own = z[start..<start + block]
      let features = factorization.expand(Array(own.prefix(rows.dimension)))
      return zip(roots, features).map(*) + own.dropFirst(rows.dimension)
    }
  }

  /// The polish of the whole problem by one of the rows L.
  ///
  /// - Parameters:
  ///   - own: The polish of the rows L; regularised coefficients have no optimum at infinity to be sought.
  ///   - units: The units of the loss, for the certificate of the whole problem; `nil` for losses with linear parts,
  ///     whose duality gap is that of the rows L.
  ///   - restored: The outcome of a polish in the coordinates u, in coefficients of the original features.
  func polishing<Base: SmoothObjective>(
    by own: AutomaticRun.Polishing, _ objective: StandardizedObjective<Base>, _ units: LossUnits?,
    restored: @escaping (_ polish: Minimization, _ approach: Minimization) -> Minimization
  ) -> AutomaticRun.Polishing {
    let count = objective.dimension / objective.penalty.block * (rows.dimension + (hasIntercept ? 1 : 0))
    let start = Minimization.untaken(dimension: count, hasIntercept: hasIntercept) { _ in .infinity }
    return AutomaticRun.Polishing(
      begin: { _ in own.begin(start) }, advance: own.advance,
      outcome: { state, approach in
        let result = own.outcome(state, start)
        var whole = result.mapping(prefix: "as many coordinates as examples; ", coordinates)
        if result.status == .converged, let units {
          let gradient = objective.lossGradient(whole.solution)
          whole = whole.certified(by: Certificate(of: objective, at: whole.solution, gradient: gradient, units))
        }
        return restored(whole, approach)
      })
  }
}
