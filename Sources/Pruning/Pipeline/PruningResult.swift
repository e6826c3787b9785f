import Graph

/// A pruned network, and how it came about.
public struct PruningResult: Sendable {
  /// What became of one group.
  public struct Group: Sendable {
    /// The group.
    public let group: PruningGroup
    /// Which units are kept, and how that was found.
    public let selection: Selection
    /// The identifier of the method that it was found by.
    public let method: String
    /// How many calibration inputs there are for what the re-fit works out; `nil` where there was none.
    public let sufficiency: RefitSufficiency?
    /// `|| U - U_S ||_F^2` over the calibration data, the kept weights unchanged.
    public let residual: Double
    /// `|| U ||_F^2`, what residuals are relative to.
    public let outputEnergy: Double
    /// The residual once the layers that read the group are re-fitted; `nil` where no re-fit was asked for.
    public let refittedResidual: Double?

    /// The residual over the energy of the output.
    public var relativeResidual: Double { outputEnergy > 0 ? residual / outputEnergy : 0 }
  }

  /// Seconds spent.
  public struct Seconds: Hashable, Sendable, Codable {
    /// In the pass over the calibration data.
    public var calibration: Double
    /// In setting up and solving the selection problems.
    public var selection: Double
    /// In re-fitting.
    public var refit: Double
    /// In building the smaller graph.
    public var surgery: Double
    /// In comparing it with the masked original.
    public var verification: Double
    /// In all of this.
    public var total: Double
  }

  /// The smaller network.
  public let graph: Graph
  /// What became of each group that was pruned.
  public let groups: [Group]
  /// The cost of the dense network.
  public let before: ModelCost
  /// The cost of the smaller network.
  public let after: ModelCost
  /// Where the time went.
  public let seconds: Seconds
  /// How the smaller network compares with the masked original.
  public let verification: Verification
  /// How many calibration samples were seen.
  public let sampleCount: Int
}
