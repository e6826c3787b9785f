import Graph

/// The sum of magnitudes over axes: `Y = sum |X|`.
public enum ReduceL1: FoldedReduction {
  /// `ReduceL1`.
  public static let name: OperatorName = "ReduceL1"

  /// 0.
  public static var start: Double { 0 }

  /// `s + |x|`.
  public static func fold(_ result: Double, _ x: Double) -> Double { result + abs(x) }

  /// `dX = dY sign(X)`.
  public static func gradient(_ gradients: inout GradientBuilder, dY: String, y: String) throws -> String {
    gradients.add(Multiply.name, [gradients.add(Sign.name, [gradients.input(0)]), dY])
  }
}
