import Foundation
import Graph

/// The logarithm of the sum of exponentials over axes: `Y = log(sum exp(X))`, without exponentials of large numbers.
public enum ReduceLogSumExp: FoldedReduction {
  /// `ReduceLogSumExp`.
  public static let name: OperatorName = "ReduceLogSumExp"

  /// Minus infinity.
  public static var start: Double { -.infinity }

  /// `log(exp(s) + exp(x))`.
  public static func fold(_ result: Double, _ x: Double) -> Double {
    let (greater, less) = x > result ? (x, result) : (result, x)
    // The difference of infinities is no number.
    return less == -.infinity || greater == .infinity ? greater : greater + log1p(exp(less - greater))
  }

  /// `dX = dY exp(X - Y)`.
  public static func gradient(_ gradients: inout GradientBuilder, dY: String, y: String) throws -> String {
    let difference = gradients.add(Subtract.name, [gradients.input(0), y])
    return gradients.add(Multiply.name, [gradients.add(Exponential.name, [difference]), dY])
  }
}
