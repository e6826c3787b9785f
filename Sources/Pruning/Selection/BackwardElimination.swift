import EspalierLinearAlgebra

/// Backward elimination: starts with all units and drops, one at a time, the unit whose removal raises the *re-fitted*
/// residual least.
///
/// With `F = G + lambda I`, `K = F_SS^-1` over kept channels and X the re-fitted weights, dropping k costs
/// `tr(X_k K_kk^-1 X_k^T)`, and `X -= X_k K_kk^-1 K_k`, `K -= K_k^T K_kk^-1 K_k`.
///
/// Source: B. Hassibi and D. Stork, "Second order derivatives for network pruning: optimal brain surgeon" (NIPS 1992),
/// applied to the inputs of a layer. Complexity: O(channels^3) to invert, then O(channels x (channels + outputs)) a
/// unit dropped, for each consumer.
package struct BackwardElimination: SelectionMethod {
  /// `backward`.
  package static let identifier = "backward"
  /// The title in reports.
  package static let title = "Backward elimination"
  /// Second moments, which determine the re-fit.
  package static let need = StatisticsNeed.secondMoments

  /// The ridge of the anticipated re-fit.
  package var ridge: Ridge

  /// The method for use before a re-fit with `ridge`.
  package init(ridge: Ridge = Ridge()) {
    self.ridge = ridge
  }

  /// Drops all but `count` units.
  package func select(_ count: Int, of problem: SelectionProblem) -> Selection {
    var forms = problem.regressions.map { EliminationForm($0, ridge: ridge) }
    var kept = Array(0..<problem.unitCount)
    while kept.count > count {
      var best = (position: 0, increase: Double.infinity)
      for (position, unit) in kept.enumerated() {
        let increase = forms.reduce(0) { $0 + $1.increase(dropping: unit) }
        if increase < best.increase { best = (position, increase) }
      }
      let unit = kept.remove(at: best.position)
      for index in forms.indices { forms[index].drop(unit) }
    }
    return Selection(keeping: kept, of: problem)
  }
}
