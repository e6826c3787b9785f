import Foundation

/// The logistic loss of several classes, `l(g, b) = log(sum_k e^(g_k)) - g_b`: multinomial logistic regression.
///
/// An example has a predictor for each class, `g_k = <a, x_k>`; its target b is a class number, 0, 1, ... With the
/// probabilities `p = softmax(g)`, `l' = p - e_b` and `l'' = diag(p) - p p^T`. Exponentials are taken of differences
/// from the largest predictor, so that nothing overflows. Every class has coefficients; without a regulariser, adding
/// the same vector to those of all classes does not change the loss.
package struct MultinomialLogisticLoss: Sendable {
  /// The number of classes K.
  package let classes: Int

  /// The loss for a number of classes, at least 2.
  package init(classes: Int) {
    precondition(classes >= 2, "there are at least two classes")
    self.classes = classes
  }

  /// Whether a target is a class number.
  package func accepts(target: Double) -> Bool {
    target >= 0 && target < Double(classes) && target.rounded() == target
  }

  /// `l(g, b) = log(1 + sum_(k != b) e^(g_k - g_b))`, which is precise for small losses.
  package func value(_ predictors: UnsafePointer<Double>, _ target: Int) -> Double {
    let largest = largest(predictors)
    var others = 0.0
    for k in 0..<classes where k != target { others += exp(predictors[k] - largest) }
    let gap = largest - predictors[target]
    return gap == 0 ? log1p(others) : gap + log(others + exp(-gap))
  }

  /// The probabilities `softmax(g)`.
  package func shares(_ predictors: UnsafePointer<Double>, into shares: UnsafeMutablePointer<Double>) {
    let largest = largest(predictors)
    var sum = 0.0
    for k in 0..<classes {
      shares[k] = exp(predictors[k] - largest)
      sum += shares[k]
    }
    for k in 0..<classes { shares[k] /= sum }
  }

  /// Replaces the predictors by `factor (p - e_b)`, the derivatives times a factor, and returns `l(g, b)`.
  func replaceByErrors(
    _ predictors: UnsafeMutablePointer<Double>, _ target: Int, times factor: Double
  ) -> Double {
    let largest = largest(predictors)
    let gap = largest - predictors[target]
    // The target's own exponential is added last: `log(1 + others)` and `1 - p` are then precise for p near 1.
    predictors[target] = -.infinity
    let others = replaceByExponentials(classes, predictors, minus: largest)
    let sum = others + exp(-gap)
    let scale = factor / sum
    for k in 0..<classes { predictors[k] *= scale }
    predictors[target] = -scale * others
    return gap == 0 ? log1p(others) : gap + log(sum)
  }

  private func largest(_ predictors: UnsafePointer<Double>) -> Double {
    var largest = predictors[0]
    for k in 1..<classes { largest = max(largest, predictors[k]) }
    return largest
  }
}
