/// The norm, L1 or L2, of the weights that produce each unit; independent of the data.
///
/// Source: H. Li et al., "Pruning filters for efficient ConvNets", ICLR 2017, section 3.1.
package enum Magnitude {
  /// The sum of absolute values.
  package struct L1: SelectionMethod {
    /// `l1`.
    package static let identifier = "l1"
    /// The title in reports.
    package static let title = "L1 magnitude"
    /// No second moments.
    package static let need = StatisticsNeed.sums
    /// The method, which has no settings.
    package init() {}
    /// Keeps the `count` units with the largest norms.
    package func select(_ count: Int, of problem: SelectionProblem) -> Selection {
      problem.keepingLargest(count, by: problem.knownProducerWeights.map { $0.reduce(0) { $0 + abs($1) } })
    }
  }

  /// The square root of the sum of squares.
  package struct L2: SelectionMethod {
    /// `l2`.
    package static let identifier = "l2"
    /// The title in reports.
    package static let title = "L2 magnitude"
    /// No second moments.
    package static let need = StatisticsNeed.sums
    /// The method, which has no settings.
    package init() {}
    /// Keeps the `count` units with the largest norms.
    package func select(_ count: Int, of problem: SelectionProblem) -> Selection {
      problem.keepingLargest(count, by: problem.knownProducerWeights.squaredNorms.map { $0.squareRoot() })
    }
  }
}

extension SelectionProblem {
  /// The selection of the `count` units with the largest `scores`; of equal ones, the first.
  func keepingLargest(_ count: Int, by scores: [Double]) -> Selection {
    Selection(keeping: (0..<unitCount).largest(count, by: scores), of: self)
  }

  /// The weights that produce each unit, for a method that cannot do without.
  var knownProducerWeights: ProducerWeights {
    precondition(producerWeights.count == unitCount, "the method needs the weights that make the units")
    return producerWeights
  }
}

extension ProducerWeights {
  /// For each unit, the sum of the squares of its weights.
  var squaredNorms: [Double] { map { $0.reduce(0) { $0 + $1 * $1 } } }
}
