import EspalierLinearAlgebra

/// An objective in the coefficients of standardised features: the same function, in coordinates that make its slopes
/// comparable and condition the methods well, whatever the units of the features.
///
/// Feature j is shifted by its mean (with an intercept) and divided by its deviation; its coordinate is
/// `u_j = x_j deviation_j`, that of the intercept `u_0 = x_0 + sum_j mean_j x_j`. The regulariser remains one of x:
/// `sum_j r(u_j / deviation_j)`. Dense rows are shifted in memory. Sparse rows keep their zeros, and features with
/// zeros are shifted in effect: `u -> (u, u_0 - sum_j shift_j u_j)` precedes the product with the rows.
package struct StandardizedObjective<Base: SmoothObjective>: SmoothObjective {
  /// The objective over the rows in memory; its regulariser is not evaluated.
  package let base: Base
  /// The regulariser, in the units of the original features.
  package let penalty: CoordinatePenalty<Base.R>
  /// The number subtracted from each scaled feature in effect; `nil` for none.
  let shifts: [Double]?

  /// The objective over scaled rows.
  ///
  /// - Parameters:
  ///   - base: The objective over rows that are scaled and, unless `shifts` are given, shifted.
  ///   - scales: The number that divided each feature.
  ///   - shifts: The number to subtract from each feature, in units of its scale.
  package init(_ base: Base, scales: [Double]?, shifts: [Double]?) {
    self.base = base
    let own = base.penalty
    penalty = CoordinatePenalty(own.regularizer, features: own.features, block: own.block, scales: scales)
    self.shifts = shifts
  }

  package func restricted(to features: [Int]) -> StandardizedObjective? {
    base.restricted(to: features).map { base in
      StandardizedObjective(
        base, scales: penalty.scales.map { scales in features.map { scales[$0] } },
        shifts: shifts.map { shifts in features.map { shifts[$0] } })
    }
  }

  package var exampleCount: Int { base.exampleCount }
  package var dimension: Int { base.dimension }

  package func lossValue(_ x: [Double]) -> Double { base.lossValue(shifted(x)) }

  package func fillFlatDirections(of hessian: inout Matrix) { base.fillFlatDirections(of: &hessian) }

  package func reach(of step: [Double]) -> Double { base.reach(of: shifted(step)) }

  package func lossGradient(_ x: [Double]) -> [Double] {
    var gradient = base.lossGradient(shifted(x))
    guard let shifts else { return gradient }
    for start in starts {
      let intercept = gradient[start + shifts.count]
      for j in shifts.indices { gradient[start + j] -= shifts[j] * intercept }
    }
    return gradient
  }

  package func lossHessian(_ x: [Double]) -> Matrix {
    var hessian = base.lossHessian(shifted(x))
    guard let shifts else { return hessian }
    // Rows, then columns, each minus its shift times that of the intercept.
    for start in starts {
      for j in shifts.indices where shifts[j] != 0 {
        for k in 0..<dimension { hessian[start + j, k] -= shifts[j] * hessian[start + shifts.count, k] }
      }
    }
    for start in starts {
      for j in shifts.indices where shifts[j] != 0 {
        for k in 0..<dimension { hessian[k, start + j] -= shifts[j] * hessian[k, start + shifts.count] }
      }
    }
    return hessian
  }

  private var starts: StrideTo<Int> { stride(from: 0, to: dimension, by: penalty.block) }

  /// The coordinates of a model of the rows in memory: the inverse of `shifted`.
  package func coordinates(ofScaled x: [Double]) -> [Double] {
    guard let shifts else { return x }
    var result = x
    for start in starts {
      result[start + shifts.count] += shifts.indices.reduce(0) { $0 + shifts[$1] * x[start + $1] }
    }
    return result
  }

  /// The coefficients of the rows in memory, the shifts being absorbed by the intercept.
  package func shifted(_ x: [Double]) -> [Double] {
    guard let shifts else { return x }
    var result = x
    for start in starts {
      result[start + shifts.count] -= shifts.indices.reduce(0) { $0 + shifts[$1] * x[start + $1] }
    }
    return result
  }
}

extension StandardizedObjective {
  /// The average over the examples of a function of their predictors and targets.
  func averageOverExamples<L: Loss, Rows: FeatureRows, R: Regularizer>(
    at x: [Double], _ function: (Double, Double) -> Double
  ) -> Double where Base == Objective<L, Rows, R> {
    let examples = base.examples
    return examples.predictors(shifted(x)).enumerated().reduce(0) { sum, entry in
      sum + examples.weight(entry.offset) * function(entry.element, examples.targets[entry.offset])
    } / Double(examples.count)
  }
}
