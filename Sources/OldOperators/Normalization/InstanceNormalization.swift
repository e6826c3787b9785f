import Graph
import Tensors

/// Each channel of each sample normalised by its own mean and variance: `Y = scale[c] (X - mean) / sqrt(variance + epsilon) + B[c]`.
public enum InstanceNormalization: GroupedNormalization {
  /// `InstanceNormalization`.
  public static let name: OperatorName = "InstanceNormalization"

  /// A group for each channel.
  public static func groups(_ invocation: Invocation) throws -> Int { try invocation.input(0).shape[1] }

  /// One for each channel.
  public static func parameterCount(_ invocation: Invocation) throws -> Int { try invocation.input(0).shape[1] }

  /// Batch and channels go with themselves, channels also with scale and bias; what is normalised over stays whole.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    let rank = try invocation.input(0).shape.rank
    var rule = AxisRule.identity(rank: 2)
    rule.ties += (1...2).map { AxisTie(PortAxis(.input($0), 0), PortAxis(.output(0), 1)) }
    for axis in 2..<rank {
      rule.ties.append(AxisTie(PortAxis(.input(0), axis), PortAxis(.output(0), axis)))
      rule.frozen.append(FrozenAxis(PortAxis(.input(0), axis), "normalises over it"))
    }
    return rule
  }
}
