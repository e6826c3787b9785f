/// What is asked of a pruning: how much of which groups to keep, and how to choose it.
package struct PruningRequest: Sendable {
  /// The fraction of units kept in groups that ``fractions`` does not name.
  package var fraction: Double
  /// The fraction of units kept, by group.
  package var fractions: [String: Double]
  /// The groups to prune; `nil` for all that can be.
  package var only: Set<String>?
  /// How far the groups that are pruned reach.
  package var scope: Scope
  /// How units are chosen.
  package var method: any SelectionMethod
  /// How the layers that read pruned groups are re-fitted; `nil` to leave their weights as they are.
  package var refit: Ridge?
  /// Widths are rounded to a multiple of so many channels; `nil` for what suits the layers: 8 for convolutions, whose
  /// odd widths run slower than they need to, 1 for dense layers.
  package var multiple: Int?
  /// In which order groups are chosen, and on which activations.
  package var order: Order
  /// Samples in one calibration run at most.
  package var batchSize: Int
  /// Whether methods that iterate note the residual before every step, which takes second moments.
  package var tracesResiduals = false
  /// The most bytes that the Gram matrix of one layer may take, in double precision. Above it the cheaper form is used, in which a
  /// re-fit has one factor for each unit (`docs/guides/refit.md`, "When the Gram matrix is too large").
  package var gramLimit = 1 << 30
  /// The most bytes that values between layers may take in memory from one group to the next; what is beyond goes to a temporary
  /// file.
  package var frontierMemory = Frontier.standardBudget

  /// Which groups are pruned where none is named.
  package enum Scope: String, Hashable, Sendable, CaseIterable {
    /// Those between two layers of one block.
    case inner
    /// Also those coupled with other layers through additions of branches, or with each other through a normalisation.
    case all
    /// The hidden units of the feed-forward blocks of a transformer.
    case ffn
    /// The heads of attention.
    case heads
    /// Feed-forward units and heads.
    case encoder
  }

  /// In which order groups are chosen, and on which activations.
  package enum Order: Hashable, Sendable {
    /// One after another, each on the activations of the network pruned so far.
    case sequential
    /// All at once, on the activations of the dense network.
    case oneShot
  }

  /// Asks to keep `fraction` of the units of every prunable group, chosen by what suits each and re-fitted. i-SpaSP as
  /// published is `method: ISpaSP(), refit: nil`.
  package init(
    keeping fraction: Double, fractions: [String: Double] = [:], only: Set<String>? = nil,
    scope: Scope = .inner, method: any SelectionMethod = Automatic(), refit: Ridge? = Ridge(), multiple: Int? = 1,
    order: Order = .sequential, batchSize: Int = 1024
  ) {
    self.fraction = fraction
    self.fractions = fractions
    self.only = only
    self.scope = scope
    self.method = method
    self.refit = refit
    self.multiple = multiple
    self.order = order
    self.batchSize = batchSize
  }

  /// What calibration must add up.
  var need: StatisticsNeed { refit == nil && !tracesResiduals ? method.need : .secondMoments }

  /// How many units of `group` are kept.
  ///
  /// `max(1, Int(size x fraction))` are asked for. Rounding counts channels, of which a unit may have several
  /// (``PruningGroup/channelsPerUnit``): those of the units asked for are rounded to the nearest multiple, one multiple
  /// at least, and so many units are kept as come nearest to that. Where this would keep all units although fewer are
  /// asked for, as in groups of no more channels than ``multiple``, what is asked for is kept.
  ///
  /// Complexity: O(elements of the axes that layers make and read of the group).
  package func count(for group: PruningGroup) -> Int {
    let asked = max(1, Int(Double(group.size) * fraction(of: group)))
    let multiple = multiple ?? (group.isConvolutional ? 8 : 1)
    guard asked < group.size, multiple > 1 else { return min(asked, group.size) }
    let width = group.channelsPerUnit
    let multiples = max(1, (Double(asked) * width / Double(multiple)).rounded())
    let rounded = max(1, Int((multiples * Double(multiple) / width).rounded()))
    return rounded < group.size ? rounded : asked
  }

  /// The fraction of units that `group` is asked to keep.
  func fraction(of group: PruningGroup) -> Double { fractions[group.id] ?? fraction }
}
