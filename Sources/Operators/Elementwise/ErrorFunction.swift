import Files
import Graph

/// The error function: `Y = erf(X) = 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to X`.
public struct ErrorFunction: UnaryOperator {
  /// `Erf`.
  public static let name: OperatorName = "Erf"

  /// The type of the input.
  public let input: TensorType

  /// Reads the input; there are no parameters.
  public init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
  }
}
