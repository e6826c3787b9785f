import Files
import Graph

/// Nothing: `Y = X`.
public struct Identity: DifferentiableOperator {
  /// `Identity`.
  public static let name: OperatorName = "Identity"

  /// No bytes move.
  public static var isView: Bool { true }

  /// The input's type.
  public let outputs: [TensorType]

  /// Takes anything.
  public init(_ call: Invocation) throws(EspalierError) { outputs = [try call.input(0)] }

  /// The output has the axes of the input.
  public static func channelReading(_ node: Node) -> ChannelReading { .keepsAxes }

  /// Each axis goes with itself.
  public var axes: AxisRule? { .identity(rank: outputs[0].shape.rank) }

  /// Nothing changes.
  public var sign: Sign { .preserved }

  /// `dX = dY`.
  public func differentiate(_ gradients: inout GradientBuilder) {
    gradients.set(gradients.outputGradient, forInput: 0)
  }
}
