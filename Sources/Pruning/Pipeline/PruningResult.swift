import EspalierGraph

/// A pruned network, and how it came about.
package struct PruningResult: Sendable {
  /// What became of one group.
  package struct Group: Sendable {
    /// The group.
    package let group: PruningGroup
    /// Which units are kept, and how that was found.
    package let selection: Selection
    /// The identifier of the method that it was found by.
    package let method: String
    /// How many calibration inputs there are for what the re-fit works out; `nil` where there was none.
    package let sufficiency: RefitSufficiency?
    /// `|| U - U_S ||_F^2` over the calibration data, the kept weights unchanged.
    package let residual: Double
    /// `|| U ||_F^2`, what residuals are relative to.
    package let outputEnergy: Double
    /// The residual once the layers that read the group are re-fitted; `nil` where no re-fit was asked for.
    package let refittedResidual: Double?

    /// The residual over the energy of the output.
    package var relativeResidual: Double { outputEnergy > 0 ? residual / outputEnergy : 0 }
  }

  /// Seconds spent.
  package struct Seconds: Hashable, Sendable, Codable {
    /// In the pass over the calibration data.
    package var calibration: Double
    /// In setting up and solving the selection problems.
    package var selection: Double
    /// In re-fitting.
    package var refit: Double
    /// In building the smaller graph.
    package var surgery: Double
    /// In comparing it with the masked original.
    package var verification: Double
    /// In all of this.
    package var total: Double
  }

  /// The smaller network.
  package let graph: Graph
  /// What became of each group that was pruned.
  package let groups: [Group]
  /// The cost of the dense network.
  package let before: ModelCost
  /// The cost of the smaller network.
  package let after: ModelCost
  /// Where the time went.
  package let seconds: Seconds
  /// How the smaller network compares with the masked original.
  package let verification: Verification
  /// How many calibration samples were seen.
  package let sampleCount: Int
}
