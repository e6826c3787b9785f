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
    shift.convert(gradient: &gradient)
    return gradient
  }

  package func lossHessian(_ x: [Double]) -> Matrix {
    var hessian = base.lossHessian(shifted(x))
    shift.convert(hessian: &hessian)
    return hessian
  }

  package func hessianProduct(_ x: [Double]) -> (([Double]) -> [Double])? {
    guard let product = base.hessianProduct(shifted(x)) else { return nil }
    let shift = shift
    return {
      var image = product(shift.stored($0))
      shift.convert(gradient: &image)
      return image
    }
  }

  /// The coordinates of a model of the rows in memory: the inverse of `shifted`.
  package func coordinates(ofScaled x: [Double]) -> [Double] { shift.centred(x) }

  /// The coefficients of the rows in memory, the shifts being absorbed by the intercept.
  package func shifted(_ x: [Double]) -> [Double] { shift.stored(x) }

  private var shift: ImplicitShift { ImplicitShift(shifts: shifts, block: penalty.block) }
}

extension StandardizedObjective: EnvelopedObjective where Base: EnvelopedObjective {
  package var hasSmoothLoss: Bool { base.hasSmoothLoss }

  package func envelope(width: Double) -> StandardizedObjective<Base.Envelope> {
    StandardizedObjective<Base.Envelope>(base.envelope(width: width), scales: penalty.scales, shifts: shifts)
  }

  package func envelopeExcess(width: Double, at x: [Double]) -> Double {
    base.envelopeExcess(width: width, at: shifted(x))
  }
}
