import EspalierPruning

/// A way to make a smaller network.
package enum ExperimentMethod: String, Hashable, Sendable, CaseIterable, Codable {
  /// The paper's method.
  case iSpaSP = "ispasp"
  /// The paper's selection, with the next layer re-fitted.
  case refitted = "ispasp-refit"
  /// Greedy forward selection, from the Gram matrix.
  case greedy = "gfs"
  /// The units with the largest weights.
  case l1
  /// Random units.
  case random
  /// No pruning: a network narrower by one factor everywhere, with as many operations, trained from scratch for as many
  /// epochs as the training and fine-tuning of the others together.
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

  /// The methods that prune a network.
  package static let pruning = allCases.filter { $0 != .uniform }

  /// The selection method; `nil` if nothing is pruned.
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
