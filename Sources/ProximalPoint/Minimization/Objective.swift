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
    var sum = 0.0
    // Copied out of the generic examples once, not row by row.
    let (targets, weights) = (examples.targets, examples.weights)
    for (row, g) in examples.predictors(x).enumerated() {
      sum += (weights?[row] ?? 1) * loss.value(g, targets[row])
    }
    return sum / Double(examples.count)
  }

  /// The gradient of the average loss (without the regulariser) at x. Complexity: O(nnz).
  package func lossGradient(_ x: [Double]) -> [Double] {
    let share = 1 / Double(examples.count)
    let factors = examples.predictors(x).enumerated().map { row, g in
      share * examples.weight(row) * loss.derivative(g, examples.targets[row])
    }
    return examples.combination(factors)
  }
}
