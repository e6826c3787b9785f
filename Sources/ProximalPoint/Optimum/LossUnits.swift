/// The units of a problem's loss: the residual of the best model without features, which has the units of the target
/// but not those of the features.
package struct LossUnits: Sendable {
  /// The intercepts of the model without features, one for each linear predictor; 0 for a model without them.
  let intercepts: [Double]
  /// The other parameters of the loss in the model without features, after the intercept; most losses have none.
  var parameters: [Double] = []
  /// The root mean squares of the derivatives of the loss by each predictor.
  let slopes: [Double]
  /// The average of the second derivatives.
  let curvature: Double
  /// The size up to which a gradient may be rounding of the predictors.
  let rounding: Double
  /// The excess of the average loss over its infimum.
  package let deviance: Double
  /// The average infimum of the loss.
  let floor: Double

  /// The decrease of the objective from the model without features to this value; at least 1e-4 of the deviance, below
  /// which nothing counts as explained.
  func explained(by value: Double) -> Double { max(deviance + floor - value, 1e-4 * deviance) }

  /// The largest subgradient of least magnitude of a coordinate, in these units; 0 if it is within rounding.
  func slope<R: Regularizer>(of penalty: CoordinatePenalty<R>, at x: [Double], gradient: [Double]) -> Double {
    var largest = 0.0
    for j in x.indices {
      let slope = slope(of: penalty, at: x, gradient: gradient, coordinate: j)
      guard !slope.isNaN else { return .infinity }
      largest = max(largest, slope)
    }
    return largest
  }

  /// The subgradient of least magnitude of one coordinate, in these units.
  func slope<R: Regularizer>(
    of penalty: CoordinatePenalty<R>, at x: [Double], gradient: [Double], coordinate j: Int
  ) -> Double {
    let size = abs(penalty.leastSubgradient(slope: gradient[j], x[j], at: j))
    return size <= rounding ? 0 : size / slopes[j / penalty.block]
  }

  /// The largest coordinate, in these units, of a gradient that includes the regulariser's.
  func slope(ofBlocks block: Int, _ gradient: [Double]) -> Double {
    slope(
      of: CoordinatePenalty(NoRegularizer(), features: block, block: block), at: gradient, gradient: gradient)
  }

  /// The model without features, as coordinates of an objective in blocks of this size.
  package func start(block: Int, hasIntercept: Bool) -> [Double] {
    let features = block - (hasIntercept ? 1 : 0) - parameters.count
    return intercepts.flatMap { [Double](repeating: 0, count: features) + (hasIntercept ? [$0] : []) + parameters }
  }
}

extension LossUnits {
  /// The units of a loss over examples, to about a percent. Complexity: some ten passes over the targets.
  ///
  /// A loss that is not defined at the predictor 0 has its units at the best intercept, even in a model without one.
  package init<L: Loss, Rows: FeatureRows>(_ loss: L, over examples: Examples<Rows>) {
    let hasIntercept = examples.hasIntercept || !loss.domain.contains(0)
    self.init(count: examples.count, hasIntercept: hasIntercept, atOnce: 1) { sums in
      sums.add(loss, examples)
    }
  }

  /// The units of a loss of `count` examples; each pass calls `add` to sum over them at `atOnce` intercepts or a few
  /// more.
  ///
  /// The intercept is the zero of the sum of the derivatives, which increases. If it is at infinity, as for counts that
  /// are all 0, the units are those without an intercept.
  package init<Failure: Error>(
    count: Int, hasIntercept: Bool, atOnce: Int, adding add: (inout InterceptSums) throws(Failure) -> Void
  ) throws(Failure) {
    var sums = InterceptSums(at: [0])
    try add(&sums)
    var known = sums.points
    var powers = (0...512).map { Double(sign: .plus, exponent: 2 * $0, significand: 1) }[...]
    var passes = 0
    while let (low, high) = known.bracket(count: count), passes < 80 {
      var next: [Double] = []
      if low.isFinite, high.isFinite {
        next = (1...atOnce).map { low + (high - low) * Double($0) / Double(atOnce + 1) }
      } else {
        next = powers.prefix(atOnce).map { low.isFinite ? $0 : -$0 }
        powers = powers.dropFirst(atOnce)
      }
      guard !next.isEmpty, hasIntercept else { break }
      sums = InterceptSums(at: next)
      try add(&sums)
      known = (known + sums.points).sorted { $0.intercept < $1.intercept }
      passes += 1
    }
    var best = known.nearest
    // If no loss is left, its infimum is at infinity.
    if best.square == 0, abs(best.intercept) > 700 { best = known.first { $0.intercept == 0 } ?? best }
    let count = Double(count)
    intercepts = [best.intercept]
    slopes = [(best.square / count).squareRoot()]
    curvature = best.curvature / count
    rounding = 8 * .ulpOfOne * best.rounding / count
    deviance = max(0, best.deviance / count)
    floor = best.floor / count
  }
}
