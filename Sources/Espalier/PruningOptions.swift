import EspalierPruning

/// The settings of a pruning beside the fraction to keep.
public struct PruningOptions: Sendable {
  /// Which groups are pruned where none is named.
  public enum Reach: String, Sendable, CaseIterable {
    /// Those between two layers of one block.
    case inner
    /// Also those coupled through additions of branches or normalisations.
    case all
    /// Hidden units of a transformer's feed-forward blocks.
    case ffn
    /// Heads of attention.
    case heads
    /// Feed-forward units and heads.
    case encoder
  }

  /// How units are chosen.
  public var method = PruningMethod.automatic
  /// Whether the layers that read pruned groups are re-fitted.
  public var refits = true
  /// Which groups are pruned where ``groups`` names none.
  public var reach = Reach.inner
  /// The groups to prune, by name; `nil` for all within reach.
  public var groups: Set<String>?
  /// The fraction to keep of single groups, by name.
  public var fractions: [String: Double] = [:]
  /// Widths are rounded to multiples of so many channels; `nil` for 8 of convolutions and 1 of dense layers.
  public var multiple: Int?

  /// The defaults.
  public init() {}

  func request(keeping fraction: Double) -> PruningRequest {
    PruningRequest(
      keeping: fraction, fractions: fractions, only: groups, scope: PruningRequest.Scope(rawValue: reach.rawValue)!,
      method: method.method, refit: refits ? Ridge() : nil, multiple: multiple)
  }
}
