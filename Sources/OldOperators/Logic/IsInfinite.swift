import Graph
import Tensors

/// Whether an element is infinite: positive where the attribute `detect_positive` is set, negative where `detect_negative` is,
/// as both are where nothing is said.
public enum IsInfinite: NumberTest {
  /// `IsInf`.
  public static let name: OperatorName = "IsInf"

  /// Whether `x` is one of the infinities that are looked for.
  public static func test(_ invocation: Invocation) throws -> @Sendable (Double) -> Bool {
    let positive = try invocation.flag("detect_positive", default: true)
    let negative = try invocation.flag("detect_negative", default: true)
    return { $0 == .infinity && positive || $0 == -.infinity && negative }
  }
}
