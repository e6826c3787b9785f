import EspalierFiles
import EspalierGraph

/// The logarithm of the sum of exponentials over axes: `Y = log(sum exp(X))`, without exponentials of large numbers.
package struct ReduceLogSumExp: FoldedReduction {
  /// `ReduceLogSumExp`.
  package static let name: OperatorName = "ReduceLogSumExp"

  /// The axes.
  package let reduced: ReducedAxes

  /// Reads the axes.
  package init(_ call: Invocation) throws(EspalierError) {
    reduced = try ReducedAxes(call)
  }

  /// `dX = dY exp(X - Y)`.
  package func gradient(_ gradients: inout GradientBuilder, dY: String, y: String) -> String {
    let difference = gradients.add(Subtract.name, [gradients.input(0), y])
    return gradients.add(Multiply.name, [gradients.add(Exponential.name, [difference]), dY])
  }
}
