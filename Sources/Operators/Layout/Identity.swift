import EspalierFiles
import EspalierGraph

/// The identity: `Y = X`.
package struct Identity: DifferentiableOperator {
  /// `Identity`.
  package static let name: OperatorName = "Identity"

  /// The output shares the input's memory.
  package static var isView: Bool { true }

  /// The input's type.
  package let outputs: [TensorType]

  /// Accepts any input.
  package init(_ call: Invocation) throws(EspalierError) { outputs = [try call.input(0)] }

  /// The output has the axes of the input.
  package static func channelReading(_ node: Node) -> ChannelReading { .keepsAxes }

  /// Every axis is tied to the same axis of the output.
  package var axes: AxisRule? { .identity(rank: outputs[0].shape.rank) }

  /// The elements are unchanged.
  package var sign: Sign { .preserved }

  /// `dX = dY`.
  package func differentiate(_ gradients: inout GradientBuilder) {
    gradients.set(gradients.outputGradient, forInput: 0)
  }
}
