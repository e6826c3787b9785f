import EspalierLinearAlgebra
import EspalierProximalPoint

/// The weighted derivatives of the losses of a block of rows by their free predictors.
///
/// A model with one predictor has one that is free; of K classes, the first is the reference, and those of the others
/// are free, relative to it. Pairs of predictors are in the order (0, 0), (1, 0), (1, 1), (2, 0), ...
struct RowTerms {
  /// `w_i l'_ik`, predictor by predictor.
  private(set) var slopes: [[Double]] = []
  /// `w_i E l''_ikl`, pair by pair.
  private(set) var expected: [[Double]] = []
  /// `w_i l''_ikl`, pair by pair.
  private(set) var observed: [[Double]] = []

  /// The terms of a loss of one predictor; `density` is the expectation of l'' if l has a kink there.
  init(_ loss: some Loss, _ predictors: [Double], targets: [Double], weights: [Double], density: Double? = nil) {
    let rows = targets.indices
    slopes = [rows.map { weights[$0] * loss.derivative(predictors[$0], targets[$0]) }]
    expected = [rows.map { weights[$0] * (density ?? loss.information(predictors[$0])) }]
    observed = [rows.map { weights[$0] * loss.secondDerivative(predictors[$0], targets[$0]) }]
  }

  /// The terms of classes with these probabilities: `p_k - [b = k]`, `p_k ([k = l] - p_l)`.
  init(shares: [[Double]], targets: [Double], weights: [Double]) {
    let rows = targets.indices
    for k in 1..<shares.count {
      slopes.append(rows.map { weights[$0] * (shares[k][$0] - (targets[$0] == Double(k) ? 1 : 0)) })
      for l in 1...k {
        expected.append(rows.map { weights[$0] * shares[k][$0] * ((k == l ? 1 : 0) - shares[l][$0]) })
      }
    }
    observed = expected
  }

  /// The products `factor_i s_ik s_il` of slopes, pair by pair.
  func slopeProducts(times factors: [Double]?) -> [[Double]] {
    slopes.indices.flatMap { k in
      (0...k).map { l in
        slopes[k].indices.map { (factors?[$0] ?? 1) * slopes[k][$0] * slopes[l][$0] }
      }
    }
  }
}

extension TableExamples {
  /// The matrix of the blocks `sum_i factor_ikl a_i a_i^T`, from factors of pairs of predictors.
  func blockGram(_ factors: [[Double]]) -> Matrix {
    guard factors.count > 1 else { return gram(factors[0]) }
    var (k, l, result) = (0, 0, Matrix(rows: 0, columns: 0))
    let predictors = Int((2 * Double(factors.count)).squareRoot())
    for pair in factors {
      let gram = gram(pair)
      let p = gram.rows
      if k == 0, l == 0 { result = Matrix(rows: p * predictors, columns: p * predictors) }
      for i in 0..<p {
        for j in 0..<p {
          result[k * p + i, l * p + j] = gram[i, j]
          result[l * p + j, k * p + i] = gram[i, j]
        }
      }
      (k, l) = l == k ? (k + 1, 0) : (k, l + 1)
    }
    return result
  }
}
