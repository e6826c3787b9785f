import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The channels of each sample in `num_groups` groups, each normalised by its own mean and variance.
///
/// scale and B have one element for each group up to operator set 20, and one for each channel from 21 on.
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

  /// The batch goes with itself; all that is normalised over stays whole, and scale and bias with it.
  package var axes: AxisRule? {
    var rule = AxisRule.identity(rank: 1)
    let frozen = groups.shape.indices.dropFirst().flatMap { [PortAxis(.input(0), $0), PortAxis(.output(0), $0)] }
    rule.frozen = (frozen + (1...2).map { PortAxis(.input($0), 0) }).map { FrozenAxis($0, "normalises over it") }
    return rule
  }
}
