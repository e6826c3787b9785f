import EspalierFiles
import EspalierPruning

/// The cost of a network, and its groups of units.
public struct Inspection: Sendable {
  /// Floating point parameters.
  public let parameters: Int
  /// Multiply-accumulate operations for one sample.
  public let macs: Int
  /// The groups, in the order of the layers that make them.
  public let groups: [Group]

  /// Channels, neurons or heads that depend on each other in such a way that a unit goes from all layers at once or
  /// stays.
  public struct Group: Sendable {
    /// The name, after the layer that makes the units.
    public let name: String
    /// How many units there are.
    public let units: Int
    /// Parameters that would go with all of them.
    public let parameters: Int
    /// Why no unit can be removed; `nil` where units can.
    public let obstacle: String?
  }
}

extension Network {
  /// Looks into the network.
  ///
  /// - Throws: `EspalierError` of kind `model` where it holds what is not understood.
  public func inspect() throws(EspalierError) -> Inspection {
    let inspection = try EspalierPruning.Inspection(graph)
    return Inspection(
      parameters: inspection.cost.parameters, macs: inspection.cost.macs,
      groups: inspection.groups.map { entry in
        Inspection.Group(
          name: entry.group.id, units: entry.group.size, parameters: entry.parameters,
          obstacle: entry.group.frozen?.description)
      })
  }
}
