import EspalierTensors

/// Units chosen by chance, each subset as likely as any other: what every method must beat.
package struct RandomSelection: SelectionMethod {
  /// `random`.
  package static let identifier = "random"
  /// Random.
  package static let title = "Random"
  /// Nothing of the data is looked at.
  package static let need = StatisticsNeed.sums

  /// The whole choice follows from it.
  package var seed: UInt64

  /// The choice that `seed` stands for.
  package init(seed: UInt64 = 0) {
    self.seed = seed
  }

  /// The first `count` units of a shuffled deck.
  package func select(_ count: Int, of problem: SelectionProblem) -> Selection {
    var generator = SeededGenerator(seed: seed)
    let units = (0..<problem.unitCount).shuffled(using: &generator).prefix(count)
    return Selection(keeping: Array(units), of: problem)
  }
}
