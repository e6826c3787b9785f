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

  /// Batch and channels are tied to those of the output, and the channels to scale and B; the axes that are normalised
  /// are frozen.
  package var axes: AxisRule? {
    var rule = AxisRule.identity(rank: 2)
    rule.ties += (1...2).map { AxisTie(PortAxis(.input($0), 0), PortAxis(.output(0), 1)) }
    for axis in 2..<groups.shape.rank {
      rule.ties.append(AxisTie(PortAxis(.input(0), axis), PortAxis(.output(0), axis)))
      rule.frozen.append(FrozenAxis(PortAxis(.input(0), axis), "normalises over it"))
    }
    return rule
  }
}
