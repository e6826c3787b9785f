/// Which factors of levels have an indicator of every level, and which none of the reference level: R's rule (J.
/// Chambers, T. Hastie, Statistical Models in S, 1992, section 2.4.1).
///
/// In a term, a factor needs no indicator of the reference where an earlier term holds the other factors, as the
/// intercept holds those of a main effect. Without an intercept, the first factor of levels has all indicators.
struct FormulaCoding {
  private let terms: [FormulaTerm]
  private let isLevels: (FormulaFactor) -> Bool
  private let first: (term: Int, factor: FormulaFactor)?

  /// The coding of a formula's terms; `isLevels` says which factors are levels.
  init(_ formula: Formula.Expansion, isLevels: @escaping (FormulaFactor) -> Bool) {
    terms = formula.terms
    self.isLevels = isLevels
    first =
      formula.hasIntercept
      ? nil
      : formula.terms.enumerated().lazy.compactMap { place, term in
        term.factors.first(where: isLevels).map { (place, $0) }
      }.first
  }

  /// Whether a factor has an indicator of every level in a term.
  func isFull(_ factor: FormulaFactor, in place: Int) -> Bool {
    guard isLevels(factor) else { return false }
    if let first, first.term == place, first.factor == factor { return true }
    let others = Set(terms[place].factors).subtracting([factor])
    return !others.isEmpty && !terms[..<place].contains { others.isSubset(of: $0.factors) }
  }
}
