import EspalierPruning

/// The units that another method chose: to prune again, with a re-fit, without choosing again.
struct ChosenUnits: SelectionMethod {
  static let identifier = "chosen"
  static let title = "Chosen before"
  static let need = StatisticsNeed.sums

  /// For each group, by its identifier, its selection.
  let selections: [String: Selection]

  /// The choice of `result`.
  init(of result: PruningResult) {
    selections = Dictionary(uniqueKeysWithValues: result.groups.map { ($0.group.id, $0.selection) })
  }

  func select(_ count: Int, of problem: SelectionProblem) -> Selection {
    selections[problem.traits.group] ?? Selection(kept: Array(0..<count), residual: nil)
  }
}
