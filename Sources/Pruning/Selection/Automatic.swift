/// The default method, by group: backward elimination if the second moments of the inputs of the layers that read it
/// fit into memory, i-SpaSP otherwise.
///
/// Both are followed by a re-fit; ``BackwardElimination`` anticipates it. Accuracies by method and size:
/// `docs/guides/i-spasp.md`.
package struct Automatic: SelectionMethod {
  /// `auto`.
  package static let identifier = "auto"
  /// The title in reports.
  package static let title = "Automatic"
  /// Second moments, for backward elimination.
  package static let need = StatisticsNeed.secondMoments

  /// The most iterations of i-SpaSP.
  package var iterations: Int
  /// The ridge of the anticipated re-fit.
  package var ridge: Ridge

  /// The method for use before a re-fit with `ridge`.
  package init(iterations: Int = 20, ridge: Ridge = Ridge()) {
    self.iterations = iterations
    self.ridge = ridge
  }

  /// The method for the group of `problem`.
  package func method(for problem: SelectionProblem) -> any SelectionMethod {
    problem.hasGramMatrices ? BackwardElimination(ridge: ridge) : ISpaSP(iterations: iterations)
  }

  /// Chooses by the method for the problem.
  package func select(_ count: Int, of problem: SelectionProblem) -> Selection {
    method(for: problem).select(count, of: problem)
  }
}

extension SelectionProblem {
  /// Whether the Gram matrix of the whole input is available for each layer.
  fileprivate var hasGramMatrices: Bool {
    consumers.allSatisfy { consumer in
      if case .gram? = consumer.statistics.secondMoments { true } else { false }
    }
  }
}
