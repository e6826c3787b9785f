import Graph
import Tensors

/// Whether an element is no number: `Y = X is NaN`, of fractions.
public enum IsNaN: NumberTest {
  /// `IsNaN`.
  public static let name: OperatorName = "IsNaN"

  /// Whether `x` is no number.
  public static func test(_ invocation: Invocation) throws -> @Sendable (Double) -> Bool { { $0.isNaN } }
}
