import EspalierTensors

/// Units chosen at random, every subset equally likely: the baseline for all methods.
package struct RandomSelection: SelectionMethod {
  /// `random`.
  package static let identifier = "random"
  /// The title in reports.
  package static let title = "Random"
  /// No second moments.
  package static let need = StatisticsNeed.sums

  /// The seed, which determines the choice.
  package var seed: UInt64

  /// The choice determined by `seed`.
  package init(seed: UInt64 = 0) {
    self.seed = seed
  }

  /// The first `count` units of a random permutation.
  package func select(_ count: Int, of problem: SelectionProblem) -> Selection {
    var generator = SeededGenerator(seed: seed)
    let units = (0..<problem.unitCount).shuffled(using: &generator).prefix(count)
    return Selection(keeping: Array(units), of: problem)
  }
}
