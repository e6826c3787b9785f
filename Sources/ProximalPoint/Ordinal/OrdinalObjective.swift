/// The average ordinal loss of examples with an intercept, and a regulariser of the coefficients of features, in
/// ``OrdinalCoordinates``. Infinite where thresholds are not in order.
package struct OrdinalObjective<Rows: FeatureRows, R: Regularizer>: Sendable {
  /// The loss.
  package let loss: OrdinalLoss
  /// The examples.
  package let examples: Examples<Rows>
  /// The regulariser.
  package let regularizer: R
  /// The coordinates.
  package let coordinates: OrdinalCoordinates

  /// The objective of these parts; the examples have an intercept.
  package init(_ loss: OrdinalLoss, over examples: Examples<Rows>, regularizer: R = NoRegularizer()) {
    precondition(examples.hasIntercept, "the intercept is the first threshold")
    (self.loss, self.examples, self.regularizer) = (loss, examples, regularizer)
    coordinates = OrdinalCoordinates(features: examples.rows.dimension, classes: loss.classes)
  }

  /// The number of coordinates.
  package var dimension: Int { coordinates.dimension }

  /// The average loss (without the regulariser) at x. Complexity: O(nnz + n).
  package func lossValue(_ x: [Double]) -> Double {
    let thresholds = coordinates.distances(x)
    guard zip(thresholds, thresholds.dropFirst()).allSatisfy(<) else { return .infinity }
    var sum = 0.0
    for (row, g) in predictors(x).enumerated() {
      sum += examples.weight(row) * loss.value(g, Int(examples.targets[row]), thresholds: thresholds)
    }
    return sum / Double(examples.count)
  }

  /// The gradient of the average loss (without the regulariser) at x. Complexity: O(nnz + n).
  package func lossGradient(_ x: [Double]) -> [Double] {
    var distances = [Double](repeating: 0, count: loss.classes)
    let factors = intervals(x).enumerated().map { row, interval in
      let (share, own) = (examples.weight(row) / Double(examples.count), Int(examples.targets[row]))
      // Thresholds are counted from 1; the first and the one beyond the last have no distance.
      distances[own] += share * interval.first.lower
      if own + 1 < loss.classes { distances[own + 1] += share * interval.first.upper }
      return share * interval.first.predictor
    }
    return examples.combination(factors) + distances.dropFirst(2)
  }

  /// The loss of each row with its derivatives.
  func intervals(_ x: [Double]) -> [IntervalLoss] {
    let thresholds = coordinates.distances(x)
    return predictors(x).enumerated().map { row, g in
      loss.interval(g, Int(examples.targets[row]), thresholds: thresholds)
    }
  }

  /// The predictors of all rows, intercept and offsets included.
  private func predictors(_ x: [Double]) -> [Double] {
    examples.predictors(Array(x.prefix(examples.dimension)))
  }
}

extension OrdinalObjective: AverageObjective {
  package var exampleCount: Int { examples.count }
}

extension OrdinalObjective: SmoothObjective {
  package var penalty: CoordinatePenalty<R> {
    CoordinatePenalty(regularizer, features: examples.rows.dimension, block: dimension)
  }

  /// The largest movement of a row's distance from a threshold of its class.
  package func reach(of step: [Double]) -> Double {
    let moves = coordinates.distances(step)
    var reach = 0.0
    for (row, g) in examples.withoutOffsets.predictors(Array(step.prefix(examples.dimension))).enumerated() {
      let own = Int(examples.targets[row])
      if own > 0 { reach = max(reach, abs(moves[own - 1] - g)) }
      if own < moves.count { reach = max(reach, abs(moves[own] - g)) }
    }
    return reach
  }

  package func restricted(to features: [Int]) -> OrdinalObjective? {
    examples.restricted(to: features).map {
      OrdinalObjective(loss, over: $0, regularizer: regularizer.restricted(to: features))
    }
  }
}
