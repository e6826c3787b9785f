import EspalierFiles
import EspalierGraph
import EspalierTensors

/// Each channel of each sample normalised by its own mean and variance:
/// `Y = scale[c] (X - mean) / sqrt(variance + epsilon) + B[c]`.
package struct InstanceNormalization: GroupedNormalization {
  /// `InstanceNormalization`.
  package static let name: OperatorName = "InstanceNormalization"

  /// One group, and one element of scale and B, per channel.
  package let groups: ChannelGroups

  /// Parses a node.
  package init(_ call: Invocation) throws(EspalierError) {
    let shape = try call.groupedShape()
    groups = try ChannelGroups(call, shape, count: shape[1], parameterCount: shape[1])
  }

  /// All axes are tied to those of the output, and the channels to scale and B; the others are normalised, and channels
  /// may be among them if a reshape has put groups of channels in the place of channels.
  package var axes: AxisRule? {
    var rule = AxisRule.identity(rank: groups.shape.rank)
    rule.ties += (1...2).map { AxisTie(PortAxis(.input($0), 0), PortAxis(.output(0), 1)) }
    rule.normalized = (2..<groups.shape.rank).map { PortAxis(.output(0), $0) }
    return rule
  }
}
