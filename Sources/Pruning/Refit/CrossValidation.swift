import EspalierLinearAlgebra

/// The choice of a layer's ridge by cross-validation: each fold of the samples is predicted by the weights that the
/// others determine, and the strength with the smallest error in total wins.
///
/// Source: M. Stone, "Cross-validatory choice and assessment of statistical predictions" (JRSS B 1974). The error is
/// taken to fall and then rise with the strength, so the search starts at one that usually suits and goes on in the
/// direction that improves. Complexity: for each strength tried and each fold, O(|S|^3 / 3 + |S|^2 outputs).
struct CrossValidation {
  /// The strengths searched, as powers of ten.
  private static let powers = -6...3

  /// A choice for the weights of a layer.
  enum Choice: Hashable {
    /// Re-fitted with a ridge of this strength.
    case ridge(Double)
    /// Unchanged, but for the bias.
    case bias
    /// Unchanged.
    case unchanged
  }

  /// The choice with the smallest error.
  private(set) var choice: Choice
  /// Its error on samples that have not determined it, summed over all folds.
  private(set) var error: Double

  /// The best choice for the layer with the weights `prior` and this `bias`.
  ///
  /// - Parameters:
  ///   - folds: The moments of each fold, at least two.
  ///   - start: The strength to start at.
  ///   - isRough: Whether the best ridge alone is wanted.
  init(
    _ whole: LayerMoments, folds: [LayerMoments], prior: Matrix, bias: [Double]?, start: Double, isRough: Bool = false
  ) {
    // The moments of the others are a subtraction, and large: one of them is held at a time.
    func error(_ solution: (LayerMoments) -> LayerMoments.Solution) -> Double {
      folds.reduce(0) { $0 + $1.error(of: solution(whole.without($1))) }
    }
    func error(_ power: Int) -> Double { error { $0.solution(Self.strength(power), prior: prior) } }
    var power = Self.powers.min { abs(Self.strength($0) / start - 1) < abs(Self.strength($1) / start - 1) }!
    var least = error(power)
    for step in [1, -1] {
      let begin = power
      while Self.powers.contains(power + step) {
        let next = error(power + step)
        guard next < least else { break }
        (power, least) = (power + step, next)
      }
      if power != begin { break }
    }
    (choice, self.error) = (.ridge(Self.strength(power)), least)
    if isRough { return }
    consider(.unchanged, error { _ in .init(weight: prior, bias: bias) })
    if bias != nil { consider(.bias, error { $0.keeping(prior) }) }
  }

  private mutating func consider(_ other: Choice, _ error: Double) {
    if error < self.error { (choice, self.error) = (other, error) }
  }

  private static func strength(_ power: Int) -> Double {
    (0..<abs(power)).reduce(1) { strength, _ in power < 0 ? strength / 10 : strength * 10 }
  }
}
