import EspalierReports

/// A figure, a table, a section or a sentence of a paper that one experiment of ours answers.
package struct Exhibit: Hashable, Sendable {
  /// A paper that is reproduced.
  package enum Paper: String, Hashable, Sendable, CaseIterable, Codable {
    /// C. R. Wolfe and A. Kyrillidis, "i-SpaSP: Structured Neural Pruning via Sparse Signal Recovery" (L4DC 2022, arXiv
    /// 2112.04905).
    case iSpaSP = "i-SpaSP"
    /// J. L. Kim, P. Toulis and A. Kyrillidis, "Convergence and Stability of the Stochastic Proximal Point Algorithm
    /// with Momentum" (L4DC 2022, arXiv 2111.06171).
    case sppam = "SPPAM"
  }

  /// The paper.
  package let paper: Paper
  /// The place in the paper: `figure 1`.
  package let place: String
  /// The subject, in a few words.
  package let title: String
  /// The experiment that answers it: a command of `espalier reproduce`.
  package let experiment: String
  /// What the paper shows there.
  package let published: [Block]

  /// The paper and the place: `SPPAM, figure 1`.
  package var source: String { "\(paper.rawValue), \(place)" }
}
