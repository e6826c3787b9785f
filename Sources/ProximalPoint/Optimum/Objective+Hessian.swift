import EspalierLinearAlgebra

extension Objective {
  /// The Hessian of the average loss at x: `(1/n) sum_i w_i l'' a_i a_i^T`. Complexity: O(n p^2), by BLAS for dense
  /// rows.
  package func lossHessian(_ x: [Double]) -> Matrix {
    examples.weightedGram(
      zip(examples.predictors(x), 0..<examples.count).map { g, row in
        examples.weight(row) * loss.curvature(g, examples.targets[row]) / Double(examples.count)
      })
  }
}
