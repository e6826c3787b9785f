import EspalierGraph
import EspalierTensors

/// A pruned network, with the record of its pruning.
package struct PruningResult: Sendable {
  /// The result for one group.
  package struct Group: Sendable {
    /// The group.
    package let group: PruningGroup
    /// The units kept, with the trace of the selection.
    package let selection: Selection
    /// The identifier of the selection method.
    package let method: String
    /// The number of calibration inputs relative to the unknowns of the re-fit; `nil` without a re-fit.
    package let sufficiency: RefitSufficiency?
    /// `|| U - U_S ||_F^2` over the calibration data, the kept weights unchanged; U is the dense network's value at the
    /// place of each layer where the re-fit aims at that (``PruningRequest/Target``).
    package let residual: Double
    /// `|| U ||_F^2`, to which residuals are relative.
    package let outputEnergy: Double
    /// The residual after the layers that read the group are re-fitted; `nil` without a re-fit.
    package let refittedResidual: Double?
    /// The same by cross-validation, on samples that have not determined the weights; `nil` without folds.
    package let heldOutResidual: Double?
    /// The theory of i-SpaSP for the group; `nil` if it was not asked for, or all units are kept.
    package let theory: GroupTheory?

    /// The residual over the energy of the output.
    package var relativeResidual: Double { outputEnergy > 0 ? residual / outputEnergy : 0 }

    /// The residual after the re-fit over the energy of the output; `nil` without a re-fit.
    package var relativeRefittedResidual: Double? {
      refittedResidual.map { outputEnergy > 0 ? $0 / outputEnergy : 0 }
    }
  }

  /// Seconds spent.
  package struct Seconds: Hashable, Sendable, Codable {
    /// The pass over the calibration data.
    package var calibration: Double
    /// Setting up and solving the selection problems.
    package var selection: Double
    /// Re-fitting.
    package var refit: Double
    /// Building the smaller graph.
    package var surgery: Double
    /// Comparing it with the masked original.
    package var verification: Double
    /// The sum of all stages.
    package var total: Double
  }

  /// The smaller network.
  package let graph: Graph
  /// The result for each pruned group.
  package let groups: [Group]
  /// The cost of the dense network.
  package let before: ModelCost
  /// The cost of the smaller network.
  package let after: ModelCost
  /// The shapes for which costs are counted, of the inputs that the file leaves sizes of open: those of the calibration
  /// data.
  package let countedFor: [String: Shape]
  /// The time spent by stage.
  package let seconds: Seconds
  /// The comparison of the smaller network with the masked original.
  package let verification: Verification
  /// The number of calibration samples.
  package let sampleCount: Int
}
