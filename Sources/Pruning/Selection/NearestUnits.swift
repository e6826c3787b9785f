import EspalierLinearAlgebra

/// Keeps the units to which all others are most similar, and without a re-fit merges each dropped unit into the nearest
/// kept one (``UnitMerging``).
///
///     rho_rs^2 = <H_r, H_s>^2 / (||H_r||^2 ||H_s||^2)       e_r = || W_r H_r ||_F^2
///     maximise  sum over r of e_r max over s in S of rho_rs^2
///
/// H is centred where a bias takes up the mean, products are summed over a unit's rows and over the layers that read
/// it. Units are added one at a time, the one that raises the sum most.
///
/// Merging helps where no re-fit is wanted: one number for each dropped unit is determined by a few dozen samples, with
/// which a re-fit of all weights would overfit, and no layer mixes its inputs anew. Where units only resemble sums of
/// several others it leaves much, and a re-fit is better.
///
/// Source: the objective is facility location, for which greedy addition reaches at least 1 - 1/e of the optimum
/// (G. Nemhauser, L. Wolsey and M. Fisher, Mathematical Programming 14, 1978); merging by similarity follows S.
/// Srinivas and R. V. Babu, "Data-free parameter pruning for deep neural networks", BMVC 2015, with correlations of
/// activations in place of distances of weights. Complexity: O(rows x units) to set up, O(units^2) a unit added.
package struct NearestUnits: SelectionMethod {
  /// `nearest`.
  package static let identifier = "nearest"
  /// The title in reports.
  package static let title = "Nearest units"
  /// Second moments, for correlations.
  package static let need = StatisticsNeed.secondMoments
  /// A dropped unit's part goes to its nearest kept one.
  package static let mergesUnits = true

  /// The method, which has no settings.
  package init() {}

  /// Adds `count` units.
  package func select(_ count: Int, of problem: SelectionProblem) -> Selection {
    let units = 0..<problem.unitCount
    let (likeness, energies) = (UnitLikeness(problem), problem.centredEnergies)
    var covered = [Double](repeating: 0, count: problem.unitCount)
    var isKept = [Bool](repeating: false, count: problem.unitCount)
    for _ in 0..<min(count, problem.unitCount) {
      var best = (unit: -1, gain: -Double.infinity)
      for unit in units where !isKept[unit] {
        let gain = units.reduce(0) { $0 + energies[$1] * max(0, likeness[$1, unit] - covered[$1]) }
        if gain > best.gain { best = (unit, gain) }
      }
      isKept[best.unit] = true
      for other in units { covered[other] = max(covered[other], likeness[other, best.unit]) }
    }
    return Selection(keeping: units.filter { isKept[$0] }, of: problem)
  }
}

/// The similarity of the units of a problem.
struct UnitLikeness {
  /// `<H_r, H_s>`, summed over rows and layers.
  private let products: Matrix

  /// The similarities in `problem`, whose statistics hold second moments.
  init(_ problem: SelectionProblem) {
    var products = Matrix(rows: problem.unitCount, columns: problem.unitCount)
    for layer in problem.regressions {
      for (first, own) in layer.rows.enumerated() {
        for (second, others) in layer.rows.enumerated() {
          products[first, second] += zip(own, others).reduce(0) { $0 + layer.gram[$1.0, $1.1] }
        }
      }
    }
    self.products = products
  }

  /// `rho_rs^2`, from 0 to 1; 1 for a unit and itself.
  subscript(first: Int, second: Int) -> Double {
    if first == second { return 1 }
    let (product, energy) = (products[first, second], products[first, first] * products[second, second])
    return energy > 0 ? min(1, product * product / energy) : 0
  }

  /// The multiple of unit `second` that is nearest to unit `first`: `<H_r, H_s> / ||H_s||^2`.
  func factor(of first: Int, along second: Int) -> Double {
    products[second, second] > 0 ? products[first, second] / products[second, second] : 0
  }
}

extension SelectionProblem {
  /// `|| W_r H_r ||_F^2` for each unit, H centred where a bias takes up the mean, summed over layers.
  fileprivate var centredEnergies: [Double] {
    regressions.reduce(Array(repeating: 0, count: unitCount)) { sums, layer in
      zip(sums, layer.rows).map { sum, own in
        let part = layer.weight.taking(columns: own)
        let product = Matrix.product(part, layer.gram.taking(rows: own, columns: own))
        return zip(product.elements, part.elements).reduce(sum) { $0 + $1.0 * $1.1 }
      }
    }
  }
}
