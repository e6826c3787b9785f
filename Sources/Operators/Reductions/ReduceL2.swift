import EspalierFiles
import EspalierGraph

/// The Euclidean norm over axes: `Y = sqrt(sum X^2)`; its derivative at 0 is taken as 0.
package struct ReduceL2: FoldedReduction {
  /// `ReduceL2`.
  package static let name: OperatorName = "ReduceL2"

  /// The axes.
  package let reduced: ReducedAxes

  /// Reads the axes.
  package init(_ call: Invocation) throws(EspalierError) {
    reduced = try ReducedAxes(call)
  }

  /// Axes that remain are tied to those of the output; the norm is of what the others have left.
  package var axes: AxisRule? { reduced.statisticRule }

  /// `dX = dY X / Y`.
  package func gradient(_ gradients: inout GradientBuilder, dY: String, y: String) -> String {
    // Where Y is 0, so is X, and any other divisor will do.
    let isZero = gradients.add(Equal.name, [y, gradients.number(0)])
    let divisor = gradients.add(Where.name, [isZero, gradients.number(1), y])
    return gradients.add(Multiply.name, [gradients.input(0), gradients.add(Divide.name, [dY, divisor])])
  }
}

extension GradientBuilder {
  /// A constant in the graph.
  mutating func number(_ value: Float) -> String { add(Constant.name, [], ["value_float": .float(value)]) }
}
