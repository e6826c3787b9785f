import EspalierLinearAlgebra

/// The quadratic model of an average loss around coordinates, row by row, its minimum over the intercept taken:
///
///     |A x - b|^2 / 2,   A = diag(D)^(1/2) (F - 1 m^T),
///
/// with the features F, the curvatures D of the rows, the means m of the features under these weights (0 without an
/// intercept), and b such that its gradient at the coordinates is that of the loss.
struct RowModel<Rows: FeatureRows> {
  /// b.
  private(set) var target: [Double]
  private let design: StandardizedDesign<Rows>
  /// `D^(1/2)`.
  private let roots: [Double]
  /// m.
  private let means: [Double]
  /// The sum of the slopes of the rows, and that of D.
  private let total: (slope: Double, curvature: Double)

  /// The smallest curvature of a row, relative to their mean: rows of less would have no place in b.
  private static var leastCurvature: Double { 1e-10 }
  /// The curvature, relative to the mean, of a row without any: it has some nearby, where a step must not end.
  private static var curvatureOfNone: Double { 1e-3 }

  /// The model of an objective's loss at x; `nil` if it is not finite.
  init?<L: Loss, R: Regularizer>(_ objective: StandardizedObjective<Objective<L, Rows, R>>, at x: [Double]) {
    design = StandardizedDesign(objective)
    let (loss, examples) = (objective.base.loss, objective.base.examples)
    let predictors = examples.predictors(objective.shifted(x))
    let slopes = examples.weighted(loss.derivatives(predictors, examples.targets))
    var curvatures = examples.weighted(loss.curvatures(predictors, examples.targets))
    let mean = curvatures.reduce(0, +) / Double(curvatures.count)
    guard mean > 0, mean.isFinite, slopes.allSatisfy(\.isFinite) else { return nil }
    curvatures = curvatures.map { mean * ($0 == 0 ? Self.curvatureOfNone : max($0 / mean, Self.leastCurvature)) }
    roots = curvatures.map { $0.squareRoot() }
    let features = examples.rows.dimension
    total = (slopes.reduce(0, +), curvatures.reduce(0, +))
    if examples.hasIntercept {
      let sums = design.transposedProduct(curvatures)
      means = sums.prefix(features).map { [total] in $0 / total.curvature }
    } else {
      means = [Double](repeating: 0, count: features)
    }
    let shift = examples.hasIntercept ? total.slope / total.curvature : 0
    target = [Double](repeating: 0, count: slopes.count)
    let fitted = product(x)
    target = slopes.indices.map { fitted[$0] - (slopes[$0] - curvatures[$0] * shift) / roots[$0] }
  }

  /// The number of features.
  var features: Int { means.count }

  /// `A x`, of the coordinates of the features.
  func product(_ x: [Double]) -> [Double] {
    let hasIntercept = design.examples.hasIntercept
    let centre = zip(means, x).reduce(0) { $0 + $1.0 * $1.1 }
    let predictors = design.product(x.prefix(features) + (hasIntercept ? [-centre] : []))
    return zip(roots, predictors).map(*)
  }

  /// `A^T y`.
  func transposedProduct(_ y: [Double]) -> [Double] {
    let weighted = zip(roots, y).map(*)
    let sum = weighted.reduce(0, +)
    return zip(design.transposedProduct(weighted), means).map { $0 - $1 * sum }
  }

  /// The columns of A of some features, times factors. Complexity: O(nnz + n columns).
  func columns(_ features: [Int], times factors: [Double]) -> Matrix {
    var places = [Int](repeating: -1, count: means.count)
    for (place, feature) in features.enumerated() { places[feature] = place }
    let rows = design.examples.rows
    let centres = features.map { (design.shift.shifts?[$0] ?? 0) + means[$0] }
    var result = Matrix(rows: rows.count, columns: features.count)
    for row in 0..<rows.count {
      for place in centres.indices { result[row, place] = -centres[place] }
      rows.forEachElement(of: row) { feature, value in
        if places[feature] >= 0 { result[row, places[feature]] += value }
      }
      for place in centres.indices { result[row, place] *= roots[row] * factors[place] }
    }
    return result
  }

  /// The step of all coordinates, the intercept's to the minimum of the model, for a step of the features.
  func step(_ features: [Double]) -> [Double] {
    guard design.examples.hasIntercept else { return features }
    let centre = zip(means, features).reduce(0) { $0 + $1.0 * $1.1 }
    return features + [-total.slope / total.curvature - centre]
  }
}
