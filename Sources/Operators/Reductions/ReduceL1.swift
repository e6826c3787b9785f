import EspalierFiles
import EspalierGraph

/// The sum of magnitudes over axes: `Y = sum |X|`.
package struct ReduceL1: FoldedReduction {
  /// `ReduceL1`.
  package static let name: OperatorName = "ReduceL1"

  /// The axes.
  package let reduced: ReducedAxes

  /// Reads the axes.
  package init(_ call: Invocation) throws(EspalierError) {
    reduced = try ReducedAxes(call)
  }

  /// `dX = dY sign(X)`.
  package func gradient(_ gradients: inout GradientBuilder, dY: String, y: String) -> String {
    gradients.add(Multiply.name, [gradients.add(Signum.name, [gradients.input(0)]), dY])
  }
}
