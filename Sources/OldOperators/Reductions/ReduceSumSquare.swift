import Graph

/// The sum of squares over axes: `Y = sum X^2`.
public enum ReduceSumSquare: FoldedReduction {
  /// `ReduceSumSquare`.
  public static let name: OperatorName = "ReduceSumSquare"

  /// 0.
  public static var start: Double { 0 }

  /// `s + x^2`.
  public static func fold(_ result: Double, _ x: Double) -> Double { result + x * x }

  /// `dX = 2 dY X`.
  public static func gradient(_ gradients: inout GradientBuilder, dY: String, y: String) throws -> String {
    let double = gradients.add(Scale.name, [dY], ["factor": .float(2)])
    return gradients.add(Multiply.name, [gradients.input(0), double])
  }
}
