import EspalierPruning
import EspalierReports

/// The part of an encoder to prune, and the fraction to keep.
package struct EncoderSize: Hashable, Sendable {
  /// `ffn`, `heads`, `encoder` (both), or `all` (also the width between blocks).
  package let scope: PruningRequest.Scope
  /// The fraction of units to keep.
  package let fraction: Double

  /// This fraction of the units of `scope`.
  package init(scope: PruningRequest.Scope, fraction: Double) {
    (self.scope, self.fraction) = (scope, fraction)
  }

  /// The size in a sentence.
  var title: String { "\(scope.title): \(Format.percent(fraction, decimals: 0)) kept." }
}

extension PruningRequest.Scope: Codable {
  /// The name of the units in reports.
  var title: String {
    switch self {
    case .ffn: "Feed-forward units"
    case .heads: "Heads"
    case .encoder: "Both"
    case .inner: "Between two layers"
    case .all: "All"
    }
  }
}
