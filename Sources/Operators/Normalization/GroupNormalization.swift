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

  /// Parses a node.
  package init(_ call: Invocation) throws(EspalierError) {
    let shape = try call.groupedShape()
    let count = try call.int("num_groups", default: 0)
    guard count > 0 else { throw call.error("cannot make \(count) groups of channels") }
    groups = try ChannelGroups(call, shape, count: count, parameterCount: call.opset < 21 ? count : shape[1])
  }

  /// The batch axis is tied to that of the output; all axes that are normalised are frozen, with scale and B.
  package var axes: AxisRule? {
    var rule = AxisRule.identity(rank: 1)
    let frozen = groups.shape.indices.dropFirst().flatMap { [PortAxis(.input(0), $0), PortAxis(.output(0), $0)] }
    rule.frozen = (frozen + (1...2).map { PortAxis(.input($0), 0) }).map { FrozenAxis($0, "normalises over it") }
    return rule
  }
}
