import EspalierFiles
import EspalierPruning
import EspalierWorkflows

/// The size of a pruned network in the experiment.
package enum ConvolutionalSize: Hashable, Sendable, Codable {
  /// The fractions of the public code for the blocks that it prunes; the other blocks are kept whole.
  case published
  /// This fraction of every group between two layers that involves no addition.
  case fraction(Double)

  /// The size with this name on the command line and in reports; `nil` for text that is neither `paper` nor a fraction.
  package init?(_ text: String) {
    if text == "paper" {
      self = .published
    } else if let fraction = Double(text), fraction > 0, fraction <= 1 {
      self = .fraction(fraction)
    } else {
      return nil
    }
  }

  /// `paper`, or the fraction.
  package var label: String {
    switch self {
    case .published: "paper"
    case .fraction(let fraction): "\(fraction)"
    }
  }

  /// A request for this size of `groups`, those of a network of `family`.
  ///
  /// - Throws: `EspalierError` if the groups do not match the blocks of the public code.
  func request(
    of groups: [PruningGroup], family: ConvolutionalArchitecture.Family, multiple: Int
  ) throws -> PruningRequest {
    switch self {
    case .fraction(let fraction):
      return PruningRequest(keeping: fraction, multiple: multiple)
    case .published:
      guard let fractions = family.fractions(of: groups) else {
        throw EspalierError(
          .model, "the network",
          "has \(PublishedRecipe.innerGroups(of: groups).count) groups between two layers, and \(family.title) has "
            + "\(family.innerGroupCount)",
          remedy: "keep fractions of all of them: --keep 0.5")
      }
      return PruningRequest(
        keeping: 1, fractions: fractions, only: Set(fractions.keys), multiple: multiple)
    }
  }
}
