import LinearAlgebra

/// Backward elimination: starts with all units and drops, one at a time, the one whose loss raises the *re-fitted* residual
/// least.
///
/// With `F = G + lambda I`, `K = F_SS^-1` over kept channels and X the re-fitted weights, dropping k costs `tr(X_k K_kk^-1 X_k^T)`, and
/// `X -= X_k K_kk^-1 K_k`, `K -= K_k^T K_kk^-1 K_k`.
///
/// Source: B. Hassibi and D. Stork, "Second order derivatives for network pruning: optimal brain surgeon" (NIPS 1992), applied
/// to the inputs of a layer. Complexity: O(channels^3) to invert, then O(channels x (channels + outputs)) a unit dropped, for each
/// consumer.
public struct BackwardElimination: SelectionMethod {
  /// `backward`.
  public static let identifier = "backward"
  /// Backward elimination.
  public static let title = "Backward elimination"
  /// The re-fit follows from second moments.
  public static let need = StatisticsNeed.secondMoments

  /// How strongly the re-fit that is anticipated holds to the present weights.
  public var ridge: Ridge

  /// The method in front of a re-fit with `ridge`.
  public init(ridge: Ridge = Ridge()) {
    self.ridge = ridge
  }

  /// Drops all but `count` units.
  public func select(_ count: Int, of problem: SelectionProblem) -> Selection {
    var inverses = problem.regressions.map { InverseForm($0, ridge: ridge) }
    var kept = Array(0..<problem.unitCount)
    while kept.count > count {
      var best = (position: 0, increase: Double.infinity)
      for (position, unit) in kept.enumerated() {
        let increase = inverses.reduce(0) { $0 + $1.increase(dropping: unit) }
        if increase < best.increase { best = (position, increase) }
      }
      let unit = kept.remove(at: best.position)
      for index in inverses.indices { inverses[index].drop(unit) }
    }
    return Selection(keeping: kept, of: problem)
  }
}

/// `F_SS^-1` and the re-fitted weights of one layer while its channels are dropped.
private struct InverseForm {
  private var inverse: Matrix
  private var weight: Matrix
  private let rows: [[Int]]

  init(_ regression: Regression, ridge: Ridge) {
    inverse = Cholesky(form: ridge.form(of: regression)).inverse()
    weight = regression.weight
    rows = regression.rows
  }

  func increase(dropping unit: Int) -> Double {
    let own = rows[unit]
    if own.count == 1 {
      return weight.column(own[0]).reduce(0) { $0 + $1 * $1 } / inverse[own[0], own[0]]
    }
    let part = weight.taking(columns: own)
    let solved = Cholesky(form: inverse.taking(rows: own, columns: own)).solve(part.transposed)
    return (0..<part.rows).reduce(0) { sum, i in own.indices.reduce(sum) { $0 + part[i, $1] * solved[$1, i] } }
  }

  mutating func drop(_ unit: Int) {
    for channel in rows[unit] {
      let pivot = inverse[channel, channel]
      let column = inverse.column(channel)
      weight.addOuterProduct(weight.column(channel), column, times: -1 / pivot)
      inverse.addOuterProduct(column, column, times: -1 / pivot)
      // What is dropped stays dropped: exact zeros, not what rounding leaves.
      for i in 0..<inverse.rows { (inverse[i, channel], inverse[channel, i]) = (0, 0) }
      for i in 0..<weight.rows { weight[i, channel] = 0 }
    }
  }
}
