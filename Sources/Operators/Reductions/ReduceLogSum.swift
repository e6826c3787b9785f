import Files
import Graph
import Tensors

/// The logarithm of the sum over axes: `Y = log(sum X)`.
public struct ReduceLogSum: FoldedReduction {
  /// `ReduceLogSum`.
  public static let name: OperatorName = "ReduceLogSum"

  /// The axes.
  public let reduced: ReducedAxes

  /// Reads the axes.
  public init(_ call: Invocation) throws(EspalierError) {
    reduced = try ReducedAxes(call)
  }

  /// `dX = dY / exp(Y)`, repeated along the axes.
  public func gradient(_ gradients: inout GradientBuilder, dY: String, y: String) -> String {
    let slope = gradients.add(Divide.name, [dY, gradients.add(Exponential.name, [y])])
    return gradients.add(BroadcastToShape.name, [slope], ["shape": .ints(reduced.input.shape.map(Int64.init))])
  }
}
