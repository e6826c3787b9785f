import EspalierFiles
import EspalierGraph
import EspalierTensors

/// Each of `num_groups` groups of channels of each sample normalised by its own mean and variance.
///
/// Scale and B have one element per group up to operator set 20, and one per channel from 21.
package struct GroupNormalization: GroupedNormalization {
  /// `GroupNormalization`.
  package static let name: OperatorName = "GroupNormalization"

  /// The groups, and the elements of scale and B.
  package let groups: ChannelGroups
  private let isPerChannel: Bool

  /// Parses a node.
  package init(_ call: Invocation) throws(EspalierError) {
    let shape = try call.groupedShape()
    let count = try call.int("num_groups", default: 0)
    guard count > 0 else { throw call.error("cannot make \(count) groups of channels") }
    isPerChannel = call.opset >= 21
    groups = try ChannelGroups(call, shape, count: count, parameterCount: isPerChannel ? shape[1] : count)
  }

  /// All axes are tied to those of the output, and the channels to scale and B if these have one element per channel.
  /// All but the batch are normalised, and groups of channels remain equal in number and in size.
  package var axes: AxisRule? {
    let channels = PortAxis(.output(0), 1)
    var rule = AxisRule.identity(rank: groups.shape.rank)
    for parameter in (1...2).map({ PortAxis(.input($0), 0) }) {
      if isPerChannel {
        rule.ties.append(AxisTie(parameter, channels))
      } else {
        rule.frozen.append(FrozenAxis(parameter, "scales whole groups with it"))
      }
    }
    rule.normalized = groups.shape.indices.dropFirst().map { PortAxis(.output(0), $0) }
    if groups.count > 1 { rule.balanced = [BalancedAxis(channels, parts: groups.count)] }
    return rule
  }
}
