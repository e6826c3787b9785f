extension Claim {
  /// The claims of the paper on SPPAM.
  package static var ofSPPAM: [Claim] {
    [
      .conditionsDescribeConvergence, .printedConditionHolds, .proximalStepsWiden,
      .convergesWhereSPPADoes, .fasterThanSPPA, .independentOfCondition, .aloneOnHardPoisson,
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
}
