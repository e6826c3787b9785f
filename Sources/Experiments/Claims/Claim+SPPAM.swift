extension Claim {
  /// The claims of the paper on SPPAM.
  package static var ofSPPAM: [Claim] {
    [
      .conditionsDescribeConvergence, .printedConditionHolds, .proximalStepsWiden,
      .convergesWhereSPPADoes, .fasterThanSPPA, .independentOfCondition, .aloneOnHardPoisson,
    ] + StabilityMap.Order.allCases.map { StabilityMap.isWiderThanSGDM(.averaged, $0) } + [
      .boundHolds, .boundPredicts, .momentumImprovesTheFactor, .momentumIsFaster, .fasterToANeighbourhood,
      .momentumMethodDiverges, .convergesForAnyConstants, .keepsItsRate,
    ]
  }

  static let conditionsDescribeConvergence = Claim(
    .quadraticMap, "The convergence conditions describe exactly where the iterates converge.")

  static let printedConditionHolds = Claim(.quadraticMap, "PPAM's condition holds as it is printed.")

  static let proximalStepsWiden = Claim(.quadraticMap, "Proximal steps widen the region of convergence.")

  static let convergesWhereSPPADoes = Claim(
    .regressions, "SPPAM converges for every step size for which SPPA does.")

  static let fasterThanSPPA = Claim(.regressions, "SPPAM is faster than SPPA.")

  static let independentOfCondition = Claim(
    .regressions, "SPPAM's iterations hardly depend on the condition number.")

  static let aloneOnHardPoisson = Claim(
    .regressions, "For Poisson regression with condition number 5 only SPPAM makes progress.")

  static let boundHolds = Claim(.rates, "A step's squared distance stays within the bound of Theorem 5.")

  static let boundPredicts = Claim(
    .rates, "The contraction factor of SPPAM's bound says how fast the method is.")

  static let momentumImprovesTheFactor = Claim(.rates, "Momentum improves the contraction factor (Corollary 7).")

  static let momentumIsFaster = Claim(.rates, "SPPAM itself converges faster than SPPA, by what is measured.")

  static let fasterToANeighbourhood = Claim(
    .rates, "SPPAM is faster to a neighbourhood than SPPA with the same step size.")

  static let momentumMethodDiverges = Claim(.rates, "SGDM can diverge when constants are misjudged.")

  static let convergesForAnyConstants = Claim(.rates, "SPPAM converges whatever constants are assumed.")

  static let keepsItsRate = Claim(.rates, "SPPAM keeps its rate under wrong constants better than SPPA.")
}
