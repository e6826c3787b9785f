import Files
import Graph

/// The sum of squares over axes: `Y = sum X^2`.
public struct ReduceSumSquare: FoldedReduction {
  /// `ReduceSumSquare`.
  public static let name: OperatorName = "ReduceSumSquare"

  /// The axes.
  public let reduced: ReducedAxes

  /// Reads the axes.
  public init(_ call: Invocation) throws(EspalierError) {
    reduced = try ReducedAxes(call)
  }

  /// `dX = 2 dY X`.
  public func gradient(_ gradients: inout GradientBuilder, dY: String, y: String) -> String {
    let double = gradients.add(Scale.name, [dY], ["factor": .float(2)])
    return gradients.add(Multiply.name, [gradients.input(0), double])
  }
}
