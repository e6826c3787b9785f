import EspalierLinearAlgebra

extension Objective {
  /// The Hessian of the average loss at x: `(1/n) sum_i w_i l'' a_i a_i^T`. Complexity: O(n p^2), by BLAS for dense
  /// rows.
  package func lossHessian(_ x: [Double]) -> Matrix { examples.weightedGram(curvatures(x)) }

  /// Products with that Hessian. Complexity: O(nnz) each.
  package func hessianProduct(_ x: [Double]) -> (([Double]) -> [Double])? {
    let (curvatures, rows) = (curvatures(x), examples.withoutOffsets)
    return { rows.combination(zip(rows.predictors($0), curvatures).map(*)) }
  }

  /// The share of each row in the average, times its curvature.
  private func curvatures(_ x: [Double]) -> [Double] {
    examples.weighted(loss.curvatures(examples.predictors(x), examples.targets))
  }
}
