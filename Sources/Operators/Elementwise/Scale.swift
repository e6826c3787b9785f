import Files
import Graph

/// A tensor times the attribute `factor`; used by derivatives.
public struct Scale: DifferentiableOperator {
  /// `espalier::Scale`.
  public static let name: OperatorName = .own("Scale")

  /// Each element on its own.
  public static var isElementwise: Bool { true }

  /// The factor.
  package let factor: Float
  private let input: TensorType

  /// Reads `factor` (1 where the node does not say).
  public init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
    factor = try call.float("factor", default: 1)
  }

  /// The input's type.
  public var outputs: [TensorType] { [input] }

  /// `dX = factor dY`.
  public func differentiate(_ gradients: inout GradientBuilder) {
    gradients.set(gradients.add(Self.name, [gradients.outputGradient], gradients.attributes), forInput: 0)
  }
}
