import Files
import Graph
import Tensors

/// The other truth value, element by element.
public struct Not: Operator {
  /// `Not`.
  public static let name: OperatorName = "Not"

  /// Each element on its own.
  public static var isElementwise: Bool { true }

  private let input: TensorType

  /// Reads the input, which must hold truth values.
  public init(_ call: Invocation) throws(EspalierError) {
    input = try call.truthInput(0)
  }

  /// The input's type.
  public var outputs: [TensorType] { [input] }

  /// Each axis goes with itself.
  public var axes: AxisRule? { .identity(rank: input.shape.rank) }
}
