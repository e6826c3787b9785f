import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The logarithm of the sum over axes: `Y = log(sum X)`.
package struct ReduceLogSum: FoldedReduction {
  /// `ReduceLogSum`.
  package static let name: OperatorName = "ReduceLogSum"

  /// The axes.
  package let reduced: ReducedAxes

  /// Reads the axes.
  package init(_ call: Invocation) throws(EspalierError) {
    reduced = try ReducedAxes(call)
  }

  /// `dX = dY / exp(Y)`, repeated along the axes.
  package func gradient(_ gradients: inout GradientBuilder, dY: String, y: String) -> String {
    let slope = gradients.add(Divide.name, [dY, gradients.add(Exponential.name, [y])])
    return gradients.add(BroadcastToShape.name, [slope], ["shape": .ints(reduced.input.shape.map(Int64.init))])
  }
}
