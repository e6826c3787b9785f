import EspalierPruning

/// A way to a smaller network.
package enum ExperimentMethod: String, Hashable, Sendable, CaseIterable, Codable {
  /// The paper's.
  case iSpaSP = "ispasp"
  /// The paper's selection, the next layer re-fitted to it.
  case refitted = "ispasp-refit"
  /// Greedy forward selection, from the Gram matrix.
  case greedy = "gfs"
  /// The largest weights.
  case l1
  /// Chance.
  case random
  /// No pruning: a network narrower by one factor everywhere, of as many operations, trained from scratch for as many
  /// epochs as all others together with their fine-tuning.
  case uniform

  /// Its name in reports.
  package var title: String {
    switch self {
    case .iSpaSP: ISpaSP.title
    case .refitted: ISpaSP.title + " + re-fit"
    case .greedy: GreedyForwardSelection.title
    case .l1: Magnitude.L1.title
    case .random: RandomSelection.title
    case .uniform: "Uniform width, from scratch"
    }
  }

  /// Those that prune a network.
  package static let pruning = allCases.filter { $0 != .uniform }

  /// How units are chosen; `nil` where none are.
  func selection(seed: UInt64) -> (any SelectionMethod)? {
    switch self {
    case .iSpaSP, .refitted: ISpaSP()
    case .greedy: GreedyForwardSelection()
    case .l1: Magnitude.L1()
    case .random: RandomSelection(seed: seed)
    case .uniform: nil
    }
  }
}
