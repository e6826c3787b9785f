/// The method that keeps most of what a network computes, for each group: backward elimination where the second moments
/// of what its layers read fit into memory, i-SpaSP where they do not.
///
/// Both are followed by a re-fit; ``BackwardElimination`` anticipates it. Accuracies by method and size stand in
/// `docs/guides/i-spasp.md`.
package struct Automatic: SelectionMethod {
  /// `auto`.
  package static let identifier = "auto"
  /// The best that the statistics allow.
  package static let title = "Automatic"
  /// Backward elimination wants second moments.
  package static let need = StatisticsNeed.secondMoments

  /// The most iterations of i-SpaSP.
  package var iterations: Int
  /// How strongly the re-fit that is anticipated holds to the present weights.
  package var ridge: Ridge

  /// The choice in front of a re-fit with `ridge`.
  package init(iterations: Int = 20, ridge: Ridge = Ridge()) {
    self.iterations = iterations
    self.ridge = ridge
  }

  /// What the group is decided by.
  package func method(for problem: SelectionProblem) -> any SelectionMethod {
    problem.hasGramMatrices ? BackwardElimination(ridge: ridge) : ISpaSP(iterations: iterations)
  }

  /// Chooses by the method for the problem.
  package func select(_ count: Int, of problem: SelectionProblem) -> Selection {
    method(for: problem).select(count, of: problem)
  }
}

extension SelectionProblem {
  /// Whether the Gram matrix of each layer's whole input is there.
  fileprivate var hasGramMatrices: Bool {
    consumers.allSatisfy { consumer in
      if case .gram? = consumer.statistics.secondMoments { true } else { false }
    }
  }
}
