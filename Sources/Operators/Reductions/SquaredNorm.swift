import Files
import Graph
import Tensors

/// The sum of the squares of all elements, one number: how large a residual is. Used by statistics.
public struct SquaredNorm: Operator {
  /// `espalier::SquaredNorm`.
  public static let name: OperatorName = .own("SquaredNorm")

  /// Reads the input; there are no parameters.
  public init(_ call: Invocation) throws(EspalierError) {
    _ = try call.floatInput(0)
  }

  /// One number.
  public var outputs: [TensorType] { [TensorType([1])] }
}
