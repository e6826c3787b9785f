import Files
import Graph

/// The sum over axes.
public struct ReduceSum: Reduction {
  /// `ReduceSum`.
  public static let name: OperatorName = "ReduceSum"

  /// The axes.
  public let reduced: ReducedAxes

  /// Reads the axes.
  public init(_ call: Invocation) throws(EspalierError) {
    reduced = try ReducedAxes(call)
  }

  /// 1.
  public static func factor(count: Int) -> Float { 1 }
}
