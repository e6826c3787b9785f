import EspalierLinearAlgebra

extension OrdinalObjective {
  /// The Hessian of the average loss at x. Complexity: O(n p^2).
  package func lossHessian(_ x: [Double]) -> Matrix {
    form(weighted(intervals(x).map(\.second)))
  }

  /// Products with that Hessian. Complexity: O(nnz + n) each.
  package func hessianProduct(_ x: [Double]) -> (([Double]) -> [Double])? {
    let forms = weighted(intervals(x).map(\.second))
    let rows = examples.withoutOffsets
    return { [loss, coordinates] direction in
      let moves = coordinates.distances(direction)
      var distances = [Double](repeating: 0, count: loss.classes)
      let factors = rows.predictors(Array(direction.prefix(rows.dimension))).enumerated().map { row, g in
        let (form, own) = (forms[row], Int(rows.targets[row]))
        let lower = own > 0 ? moves[own - 1] : 0
        let upper = own < moves.count ? moves[own] : 0
        distances[own] += form.predictorLower * g + form.upperLower * upper + form.lowers * lower
        if own + 1 < loss.classes {
          distances[own + 1] += form.predictorUpper * g + form.uppers * upper + form.upperLower * lower
        }
        return form.predictors * g + form.predictorUpper * upper + form.predictorLower * lower
      }
      return rows.combination(factors) + distances.dropFirst(2)
    }
  }

  /// `sum_i w_i d2l_i`, the observed information.
  package func information(at x: [Double]) -> Matrix {
    form(intervals(x).enumerated().map { row, interval in interval.second.scaled(by: examples.weight(row)) })
  }

  /// `sum_i s_i s_i^T` over the scores `s_i = w_i dl_i`.
  package func scoreForm(at x: [Double]) -> Matrix {
    form(
      intervals(x).enumerated().map { row, interval in
        interval.squares.scaled(by: examples.weight(row) * examples.weight(row))
      })
  }

  /// Calls `body` with each row, the derivative `w_i dl_i` by its predictor, and those by the distances of thresholds.
  package func forEachScore(at x: [Double], _ body: (Int, _ predictor: Double, _ distances: [Double]) -> Void) {
    for (row, interval) in intervals(x).enumerated() {
      let (weight, own) = (examples.weight(row), Int(examples.targets[row]))
      var distances = [Double](repeating: 0, count: loss.classes + 1)
      distances[own] = weight * interval.first.lower
      distances[own + 1] = weight * interval.first.upper
      body(row, weight * interval.first.predictor, Array(distances[2..<max(2, loss.classes)]))
    }
  }

  private func weighted(_ forms: [IntervalLoss.Form]) -> [IntervalLoss.Form] {
    forms.enumerated().map { row, form in form.scaled(by: examples.weight(row) / Double(examples.count)) }
  }

  /// The sum of the forms of rows, each by its features, the intercept, and the thresholds of its class.
  private func form(_ forms: [IntervalLoss.Form]) -> Matrix {
    let (p, width) = (examples.dimension, dimension)
    let gram = examples.weightedGram(forms.map(\.predictors))
    // Of each threshold, its mixed derivatives with features and intercept; the first and the last are none.
    var mixed = Matrix(rows: loss.classes + 1, columns: p)
    var thresholds = Matrix(rows: loss.classes + 1, columns: loss.classes + 1)
    mixed.elements.withUnsafeMutableBufferPointer { mixed in
      for (row, form) in forms.enumerated() {
        let own = Int(examples.targets[row])
        for (threshold, factor) in [(own, form.predictorLower), (own + 1, form.predictorUpper)] where factor != 0 {
          let start = mixed.baseAddress! + threshold * p
          examples.rows.add(row, times: factor, to: start)
          start[p - 1] += factor
        }
        thresholds[own, own] += form.lowers
        thresholds[own + 1, own + 1] += form.uppers
        thresholds[own, own + 1] += form.upperLower
        thresholds[own + 1, own] += form.upperLower
      }
    }
    var result = Matrix(rows: width, columns: width)
    for i in 0..<p { for j in 0..<p { result[i, j] = gram[i, j] } }
    for k in 0..<width - p {
      for j in 0..<p {
        result[p + k, j] = mixed[k + 2, j]
        result[j, p + k] = mixed[k + 2, j]
      }
      for l in 0..<width - p { result[p + k, p + l] = thresholds[k + 2, l + 2] }
    }
    return result
  }
}

extension IntervalLoss.Form {
  /// The form times a number.
  fileprivate func scaled(by factor: Double) -> Self {
    Self(
      predictors: factor * predictors, predictorUpper: factor * predictorUpper,
      predictorLower: factor * predictorLower, uppers: factor * uppers, upperLower: factor * upperLower,
      lowers: factor * lowers)
  }
}
