import Foundation
import Graph

/// The Euclidean norm over axes: `Y = sqrt(sum X^2)`; its derivative at 0 is taken as 0.
public enum ReduceL2: FoldedReduction {
  /// `ReduceL2`.
  public static let name: OperatorName = "ReduceL2"

  /// 0.
  public static var start: Double { 0 }

  /// `s + x^2`.
  public static func fold(_ result: Double, _ x: Double) -> Double { result + x * x }

  /// `sqrt(s)`.
  public static func finish(_ result: Double) -> Double { sqrt(result) }

  /// `dX = dY X / Y`.
  public static func gradient(_ gradients: inout GradientBuilder, dY: String, y: String) throws -> String {
    // Where Y is 0, so is X: any other divisor will do.
    let isZero = gradients.add(Equal.name, [y, gradients.number(0)])
    let divisor = gradients.add(Where.name, [isZero, gradients.number(1), y])
    return gradients.add(Multiply.name, [gradients.input(0), gradients.add(Divide.name, [dY, divisor])])
  }
}

extension GradientBuilder {
  /// A number in the graph.
  mutating func number(_ value: Float) -> String { add(Constant.name, [], ["value_float": .float(value)]) }
}
