/// Wanda for units: each weight of a layer that reads the unit times the norm of the input that it multiplies, summed
/// over the unit's columns.
///
///     score_i = sum over layers, outputs o and rows j of unit i of |W_oj| || H_j ||_2
///
/// `|| H_j ||_2` is the root of the diagonal of the Gram matrix. Where that matrix is too large to be kept, the norms
/// of the units' whole contributions take its place: `|| W_i H_i ||_F`.
///
/// Source: M. Sun et al., "A simple and effective pruning approach for large language models", ICLR 2024, section 3;
/// the sum over a unit's columns is the structured form. Complexity: O(outputs x rows) for each consumer.
package struct Wanda: SelectionMethod {
  /// `wanda`.
  package static let identifier = "wanda"
  /// The title in reports.
  package static let title = "Wanda"
  /// Second moments, for the norms of inputs.
  package static let need = StatisticsNeed.secondMoments

  /// The method, which has no settings.
  package init() {}

  /// Keeps the `count` units with the largest scores.
  package func select(_ count: Int, of problem: SelectionProblem) -> Selection {
    var scores = Array(repeating: 0.0, count: problem.unitCount)
    for consumer in problem.consumers {
      for (unit, score) in consumer.scores.enumerated() { scores[unit] += score }
    }
    return problem.keepingLargest(count, by: scores)
  }
}

extension SelectionProblem.Consumer {
  /// The score of each unit at this layer.
  fileprivate var scores: [Double] {
    switch statistics.secondMoments {
    case .gram(let gram)?:
      let norms = gram.diagonal.map { max($0, 0).squareRoot() }
      return rows.map { own in
        own.reduce(0) { sum, row in sum + norms[row] * (0..<weight.rows).reduce(0) { $0 + abs(weight[$1, row]) } }
      }
    case .contributions(let products, _)?: return products.diagonal.map { max($0, 0).squareRoot() }
    case nil: preconditionFailure("Wanda needs second moments")
    }
  }
}
