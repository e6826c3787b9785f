import EspalierProcesses
import EspalierTensors

/// The settings of a pruning: the groups, the fraction to keep, and the method.
package struct PruningRequest: Sendable {
  /// The fraction of units kept in groups that ``fractions`` does not name.
  package var fraction: Double
  /// The fraction of units kept, by group.
  package var fractions: [String: Double]
  /// The exact number of units kept, by group; these groups have no fraction, and are not rounded.
  package var counts: [String: Int] = [:]
  /// The groups to prune; `nil` for all prunable groups.
  package var only: Set<String>?
  /// The reach of the groups to prune.
  package var scope: Scope
  /// The selection method.
  package var method: any SelectionMethod
  /// The ridge with which layers that read pruned groups are re-fitted; `nil` to leave their weights unchanged.
  package var refit: Ridge?
  /// The values that re-fitted layers are to reproduce.
  package var target: Target
  /// Widths are rounded to a multiple of this number of channels; `nil` for the default of the layers: 8 for
  /// convolutions, which run slower at odd widths, 1 for dense layers.
  package var multiple: Int?
  /// The order in which groups are chosen, and the activations used.
  package var order: Order
  /// The largest number of samples in one calibration run.
  package var batchSize: Int
  /// Whether iterative methods record the residual before every step, which requires second moments.
  package var tracesResiduals = false
  /// Whether the theory of i-SpaSP is computed for each pruned group, which requires second moments.
  package var examinesTheory = false
  /// The most bytes for the Gram matrix of one layer, in double precision. Above it the cheaper form is used, in which
  /// a re-fit has one factor for each unit (`docs/guides/refit.md`, "When the Gram matrix is too large").
  package var gramLimit = 1 << 30
  /// The most bytes held in memory for values between layers from one group to the next; the rest goes to a temporary
  /// file.
  package var activationMemory = StoredActivations.standardBudget
  /// Where the state of a sequential pruning is kept between groups, and pruning goes on from; `nil` if it is not.
  package var checkpoints: Checkpoints?
  /// The processes that share the calibration samples; all of them prune, to the same result.
  package var processes: any ProcessGroup = SingleProcess()

  /// The groups that are pruned if none is named.
  package enum Scope: String, Hashable, Sendable, CaseIterable {
    /// Groups between two layers of one block.
    case inner
    /// Also groups coupled with other layers by additions of branches, or internally by a normalisation.
    case all
    /// The hidden units of the feed-forward blocks of a transformer.
    case ffn
    /// The heads of attention.
    case heads
    /// Feed-forward units and heads.
    case encoder
  }

  /// The values that re-fitted layers are to reproduce.
  package enum Target: String, Hashable, Sendable, CaseIterable {
    /// The dense network's at the same place, behind the addition of another branch where there is one, so that a layer
    /// makes good what those before it have lost. In one shot, where every group sees the dense network, the same as
    /// ``layer``.
    case dense
    /// The layer's own output on the network as pruned so far.
    case layer
  }

  /// The order in which groups are chosen, and the activations used.
  package enum Order: Hashable, Sendable {
    /// One after another, each on the activations of the network pruned so far.
    case sequential
    /// All at once, on the activations of the dense network.
    case oneShot
  }

  /// Keeps `fraction` of the units of every prunable group, chosen by the automatic method and re-fitted. i-SpaSP as
  /// published is `method: ISpaSP(), refit: nil`.
  package init(
    keeping fraction: Double, fractions: [String: Double] = [:], only: Set<String>? = nil,
    scope: Scope = .inner, method: any SelectionMethod = Automatic(), refit: Ridge? = .byFolds, target: Target = .dense,
    multiple: Int? = 1,
    order: Order = .sequential, batchSize: Int = 1024
  ) {
    self.fraction = fraction
    self.fractions = fractions
    self.only = only
    self.scope = scope
    self.method = method
    self.refit = refit
    self.target = target
    self.multiple = multiple
    self.order = order
    self.batchSize = batchSize
  }

  /// The statistics that calibration must gather.
  var need: StatisticsNeed {
    refit == nil && !tracesResiduals && !examinesTheory ? method.need : .secondMoments
  }

  /// The number of samples by which second moments may do with a part of the windows of convolutions, for re-fits;
  /// `nil` without one, whose residuals are those of all windows.
  func partialMomentSamples(of data: any CalibrationData) -> Int? {
    refit == nil || tracesResiduals || examinesTheory ? nil : data.count
  }

  /// The folds into which statistics over `data` are divided.
  func folds(of data: any CalibrationData) -> Folds {
    refit?.isChosenByFolds == true ? Folds(of: data.count, isSorted: data.isSortedByLength) : .none
  }

  /// The number of units of `group` to keep.
  ///
  /// The target is `max(1, Int(size x fraction))` units. Rounding counts channels, of which a unit may have several
  /// (``PruningGroup/channelsPerUnit``): the channels of the target are rounded to the nearest multiple, at least one
  /// multiple, and the number of units nearest to that is kept. Where this would keep all units although the target is
  /// smaller, as in groups of no more channels than ``multiple``, the target itself is kept.
  ///
  /// Complexity: O(elements of the group's axes that layers write and read).
  package func count(for group: PruningGroup) -> Int {
    if let count = counts[group.id] { return min(max(count, 1), group.size) }
    let asked = max(1, Int(Double(group.size) * fraction(of: group)))
    let multiple = multiple ?? (group.isConvolutional ? 8 : 1)
    guard asked < group.size, multiple > 1 else { return min(asked, group.size) }
    let width = group.channelsPerUnit
    let multiples = max(1, (Double(asked) * width / Double(multiple)).rounded())
    let rounded = max(1, Int((multiples * Double(multiple) / width).rounded()))
    return rounded < group.size ? rounded : asked
  }

  /// The fraction of the units of `group` that is asked for, before rounding.
  package func asked(of group: PruningGroup) -> Double {
    counts[group.id].map { Double($0) / Double(group.size) } ?? fraction(of: group)
  }

  /// The fraction of the units of `group` to keep.
  func fraction(of group: PruningGroup) -> Double { fractions[group.id] ?? fraction }
}
