import EspalierFiles
import EspalierGraph
import EspalierTensors

/// Dropout in inference: `Y = X`; the optional second output is a mask that keeps all elements.
///
/// The training mode of operator set 12 is rejected.
package struct Dropout: DifferentiableOperator {
  /// `Dropout`.
  package static let name: OperatorName = "Dropout"

  /// The first output shares the input's memory.
  package static var isView: Bool { true }

  /// The input's type; the second output's elements are `bool` from operator set 10, before of the input's type.
  package let outputs: [TensorType]

  /// Rejects the training mode, and masks of other types than truth values or single precision numbers.
  package init(_ call: Invocation) throws(EspalierError) {
    if call.has(input: 2) {
      guard let training = call.constants[2]?.integers(), training == [0] else {
        throw call.unsupported("runs in training mode", remedy: "export the model in evaluation mode")
      }
    }
    let type = try call.input(0)
    guard call.node.outputs.count > 1 else {
      outputs = [type]
      return
    }
    let mask = TensorType(type.shape, call.opset < 10 ? type.elementType : .bool)
    guard mask.elementType == .bool || mask.elementType == .float32 else {
      throw call.error("has a mask of \(mask.elementType)")
    }
    outputs = [type, mask]
  }

  /// The output has the axes of the input.
  package static func channelReading(_ node: Node) -> ChannelReading { .keepsAxes }

  /// Every axis is tied to the same axis of the output.
  package var axes: AxisRule? {
    var rule = AxisRule.identity(rank: outputs[0].shape.rank)
    if outputs.count > 1 {
      rule.ties += rule.ties.map { AxisTie($0.from, PortAxis(.output(1), $0.to.axis)) }
    }
    return rule
  }

  /// The elements are unchanged.
  package var sign: Sign { .preserved }

  /// `dX = dY`.
  package func differentiate(_ gradients: inout GradientBuilder) {
    gradients.set(gradients.outputGradient, forInput: 0)
  }
}
