import Synchronization

/// The average multinomial loss of examples and a regulariser of all coefficients but the intercepts.
///
/// Coefficients are ordered by class: for each class those of the features and, if there is one, the intercept last.
package struct MultinomialObjective<Rows: FeatureRows, R: Regularizer>: Sendable {
  /// The loss.
  package let loss: MultinomialLogisticLoss
  /// The examples.
  package let examples: Examples<Rows>
  /// The regulariser.
  package let regularizer: R
  /// The latest evaluation: methods ask for the gradient where they have just asked for the value.
  private let latest = LatestEvaluation()

  /// The objective of these parts.
  package init(_ loss: MultinomialLogisticLoss, over examples: Examples<Rows>, regularizer: R = NoRegularizer()) {
    self.loss = loss
    self.examples = examples
    self.regularizer = regularizer
  }

  /// The number of coefficients.
  package var dimension: Int { loss.classes * examples.dimension }

  /// `f(x)`; infinite where it overflows.
  package func value(_ x: [Double]) -> Double {
    let value = lossValue(x) + penalty.value(x)
    return value.isNaN ? .infinity : value
  }

  /// The average loss (without the regulariser) at x.
  package func lossValue(_ x: [Double]) -> Double { evaluation(x).value }

  /// The gradient of the average loss (without the regulariser) at x.
  package func lossGradient(_ x: [Double]) -> [Double] { evaluation(x).gradient }

  private func evaluation(_ x: [Double]) -> LatestEvaluation.Evaluation {
    latest.at(x) { evaluate(x) }
  }

  /// Value and gradient in one pass. Complexity: O(K nnz), by BLAS for dense rows.
  private func evaluate(_ x: [Double]) -> (value: Double, gradient: [Double]) {
    let (classes, p, features) = (loss.classes, examples.dimension, examples.rows.dimension)
    var gradient = [Double](repeating: 0, count: x.count)
    var sum = 0.0
    gradient.withUnsafeMutableBufferPointer { gradient in
      forEachBlock(x) { rows, predictors in
        for (place, row) in rows.enumerated() {
          let own = predictors + place * classes
          let factor = examples.weight(row) / Double(examples.count)
          sum += factor * loss.replaceByErrors(own, Int(examples.targets[row]), times: factor)
          if examples.hasIntercept {
            for k in 0..<classes { gradient[k * p + features] += own[k] }
          }
        }
        examples.rows.addCombinations(rows, predictors, count: classes, stride: p, to: gradient.baseAddress!)
      }
    }
    return (sum, gradient)
  }

  /// Calls `body` with the predictors of consecutive rows, row by row, which it may replace. Offsets, the same for all
  /// classes, are left out: they change nothing.
  func forEachBlock(_ x: [Double], _ body: (Range<Int>, UnsafeMutablePointer<Double>) -> Void) {
    precondition(x.count == dimension)
    let (classes, p, features) = (loss.classes, examples.dimension, examples.rows.dimension)
    // Predictors of a block stay in the processor's cache.
    let size = max(16, min(examples.count, 16_384 / classes))
    var predictors = [Double](repeating: 0, count: size * classes)
    let intercepts = examples.hasIntercept ? (0..<classes).map { x[$0 * p + features] } : []
    predictors.withUnsafeMutableBufferPointer { predictors in
      x.withUnsafeBufferPointer { x in
        for start in stride(from: 0, to: examples.count, by: size) {
          let rows = start..<min(start + size, examples.count)
          let base = predictors.baseAddress!
          examples.rows.products(rows, x.baseAddress!, count: classes, stride: p, into: base)
          if examples.hasIntercept {
            for place in 0..<rows.count { add(classes, 1, intercepts, to: base + place * classes) }
          }
          body(rows, base)
        }
      }
    }
  }

  /// Calls `body` with each row and its predictors.
  func forEachExample(_ x: [Double], _ body: (Int, UnsafePointer<Double>) -> Void) {
    forEachBlock(x) { rows, predictors in
      for (place, row) in rows.enumerated() { body(row, predictors + place * loss.classes) }
    }
  }
}

/// The value and gradient of an objective at the point where they were computed last.
private final class LatestEvaluation: Sendable {
  typealias Evaluation = (value: Double, gradient: [Double])

  private let stored = Mutex<(x: [Double], evaluation: Evaluation)?>(nil)

  /// The evaluation at x, by `evaluate` unless it is the latest.
  func at(_ x: [Double], _ evaluate: () -> Evaluation) -> Evaluation {
    if let latest = stored.withLock({ $0 }), latest.x == x { return latest.evaluation }
    let evaluation = evaluate()
    stored.withLock { $0 = (x, evaluation) }
    return evaluation
  }
}

extension MultinomialObjective: AverageObjective {
  package var exampleCount: Int { examples.count }
}
