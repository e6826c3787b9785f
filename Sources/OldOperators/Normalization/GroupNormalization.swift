import Graph
import Tensors

/// The channels of each sample in `num_groups` groups, each normalised by its own mean and variance.
///
/// scale and B have one element for each group up to operator set 20, and one for each channel from 21 on.
public enum GroupNormalization: GroupedNormalization {
  /// `GroupNormalization`.
  public static let name: OperatorName = "GroupNormalization"

  /// The attribute `num_groups`.
  public static func groups(_ invocation: Invocation) throws -> Int {
    let groups = try invocation.int("num_groups", default: 0)
    guard groups > 0 else { throw invocation.error("cannot make \(groups) groups of channels") }
    return groups
  }

  /// One for each group, or from operator set 21 on for each channel.
  public static func parameterCount(_ invocation: Invocation) throws -> Int {
    invocation.opset < 21 ? try groups(invocation) : try invocation.input(0).shape[1]
  }

  /// The batch goes with itself; all that is normalised over stays whole, and scale and bias with it.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    var rule = AxisRule.identity(rank: 1)
    let frozen = try invocation.input(0).shape.indices.dropFirst().flatMap {
      [PortAxis(.input(0), $0), PortAxis(.output(0), $0)]
    }
    rule.frozen = (frozen + (1...2).map { PortAxis(.input($0), 0) }).map { FrozenAxis($0, "normalises over it") }
    return rule
  }
}
