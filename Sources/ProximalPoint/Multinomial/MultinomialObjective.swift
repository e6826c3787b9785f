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
  package func lossValue(_ x: [Double]) -> Double {
    var sum = 0.0
    forEachExample(x) { row, predictors in
      sum += examples.weight(row) * loss.value(predictors, Int(examples.targets[row]))
    }
    return sum / Double(examples.count)
  }

  /// The gradient of the average loss (without the regulariser) at x.
  package func lossGradient(_ x: [Double]) -> [Double] {
    let (p, features) = (examples.dimension, examples.rows.dimension)
    var gradient = [Double](repeating: 0, count: x.count)
    var shares = [Double](repeating: 0, count: loss.classes)
    gradient.withUnsafeMutableBufferPointer { gradient in
      forEachExample(x) { row, predictors in
        loss.shares(predictors, into: &shares)
        for k in 0..<loss.classes {
          let error = shares[k] - (Double(k) == examples.targets[row] ? 1 : 0)
          let factor = examples.weight(row) * error / Double(examples.count)
          examples.rows.add(row, times: factor, to: gradient.baseAddress! + k * p)
          if examples.hasIntercept { gradient[k * p + features] += factor }
        }
      }
    }
    return gradient
  }

  func forEachExample(_ x: [Double], _ body: (Int, UnsafePointer<Double>) -> Void) {
    precondition(x.count == dimension)
    var predictors = [Double](repeating: 0, count: loss.classes)
    x.withUnsafeBufferPointer { x in
      for row in 0..<examples.count {
        for k in 0..<loss.classes {
          predictors[k] = examples.predictor(row, x.baseAddress! + k * examples.dimension)
        }
        body(row, predictors)
      }
    }
  }
}

extension MultinomialObjective: AverageObjective {
  package var exampleCount: Int { examples.count }
}
