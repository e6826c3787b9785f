import Files
import Graph

/// The logarithm of the sum of exponentials over axes: `Y = log(sum exp(X))`, without exponentials of large numbers.
public struct ReduceLogSumExp: FoldedReduction {
  /// `ReduceLogSumExp`.
  public static let name: OperatorName = "ReduceLogSumExp"

  /// The axes.
  public let reduced: ReducedAxes

  /// Reads the axes.
  public init(_ call: Invocation) throws(EspalierError) {
    reduced = try ReducedAxes(call)
  }

  /// `dX = dY exp(X - Y)`.
  public func gradient(_ gradients: inout GradientBuilder, dY: String, y: String) -> String {
    let difference = gradients.add(Subtract.name, [gradients.input(0), y])
    return gradients.add(Multiply.name, [gradients.add(Exponential.name, [difference]), dY])
  }
}
