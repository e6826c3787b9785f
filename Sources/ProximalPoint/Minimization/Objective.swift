/// The average loss of examples and the regulariser: `f(x) = (1/n) sum_i weight_i l(g_i, b_i) + R(x)`.
package struct Objective<L: Loss, Rows: FeatureRows, R: Regularizer>: Sendable {
  /// The loss.
  package let loss: L
  /// The examples.
  package let examples: Examples<Rows>
  /// The regulariser.
  package let regularizer: R

  /// The objective of these parts.
  package init(_ loss: L, over examples: Examples<Rows>, regularizer: R = NoRegularizer()) {
    self.loss = loss
    self.examples = examples
    self.regularizer = regularizer
  }

  /// `f(x)`; infinite where it overflows. Complexity: O(nnz).
  package func value(_ x: [Double]) -> Double {
    let value = lossValue(x) + penalty.value(x)
    return value.isNaN ? .infinity : value
  }

  /// The average loss (without the regulariser) at x. Complexity: O(nnz).
  package func lossValue(_ x: [Double]) -> Double {
    let sum = loss.total(examples.predictors(x), examples.targets, weights: examples.weights)
    return sum / Double(examples.count)
  }

  /// The gradient of the average loss (without the regulariser) at x. Complexity: O(nnz).
  package func lossGradient(_ x: [Double]) -> [Double] {
    examples.combination(examples.weighted(loss.derivatives(examples.predictors(x), examples.targets)))
  }
}
