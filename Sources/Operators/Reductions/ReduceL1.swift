import Files
import Graph

/// The sum of magnitudes over axes: `Y = sum |X|`.
public struct ReduceL1: FoldedReduction {
  /// `ReduceL1`.
  public static let name: OperatorName = "ReduceL1"

  /// The axes.
  public let reduced: ReducedAxes

  /// Reads the axes.
  public init(_ call: Invocation) throws(EspalierError) {
    reduced = try ReducedAxes(call)
  }

  /// `dX = dY sign(X)`.
  public func gradient(_ gradients: inout GradientBuilder, dY: String, y: String) -> String {
    gradients.add(Multiply.name, [gradients.add(Signum.name, [gradients.input(0)]), dY])
  }
}
