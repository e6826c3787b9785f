import EspalierFiles
import EspalierGraph

/// The sum of squares over axes: `Y = sum X^2`.
package struct ReduceSumSquare: FoldedReduction {
  /// `ReduceSumSquare`.
  package static let name: OperatorName = "ReduceSumSquare"

  /// The axes.
  package let reduced: ReducedAxes

  /// Reads the axes.
  package init(_ call: Invocation) throws(EspalierError) {
    reduced = try ReducedAxes(call)
  }

  /// `dX = 2 dY X`.
  package func gradient(_ gradients: inout GradientBuilder, dY: String, y: String) -> String {
    let double = gradients.add(Scale.name, [dY], ["factor": .float(2)])
    return gradients.add(Multiply.name, [gradients.input(0), double])
  }
}
