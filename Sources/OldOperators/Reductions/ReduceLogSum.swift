import Foundation
import Graph
import Tensors

/// The logarithm of the sum over axes: `Y = log(sum X)`.
public enum ReduceLogSum: FoldedReduction {
  /// `ReduceLogSum`.
  public static let name: OperatorName = "ReduceLogSum"

  /// 0.
  public static var start: Double { 0 }

  /// `s + x`.
  public static func fold(_ result: Double, _ x: Double) -> Double { result + x }

  /// `log(s)`.
  public static func finish(_ result: Double) -> Double { log(result) }

  /// `dX = dY / exp(Y)`, repeated along the axes.
  public static func gradient(_ gradients: inout GradientBuilder, dY: String, y: String) throws -> String {
    let slope = gradients.add(Divide.name, [dY, gradients.add(Exponential.name, [y])])
    let shape = try gradients.invocation.input(0).shape
    return gradients.add(BroadcastToShape.name, [slope], ["shape": .ints(shape.map(Int64.init))])
  }
}
