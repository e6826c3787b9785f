import EspalierFiles
import EspalierGraph
import EspalierTensors

/// Local response normalisation: `Y[c] = X[c] / s[c]^beta` with `s[c] = bias + alpha / size sum over j of X[j]^2`, the
/// sum over the `size` channels around `c`.
package struct LRN: DifferentiableOperator {
  /// `LRN`.
  package static let name: OperatorName = "LRN"

  /// The channels are along axis 1.
  package static func channelReading(_ node: Node) -> ChannelReading { .secondAxis }

  /// The type of the input.
  package let input: TensorType
  /// The window of channels, and the factors.
  package let window: ResponseWindow

  /// Parses a node.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
    guard input.shape.rank >= 2 else { throw call.error("has no channels in an input of shape \(input.shape)") }
    window = try ResponseWindow(call)
  }

  /// The input's type.
  package var outputs: [TensorType] { [input] }

  /// Every axis is tied to the same axis of the output, except for the channels, which are frozen.
  package var axes: AxisRule? {
    var rule = AxisRule.identity(rank: input.shape.rank)
    rule.frozen = [FrozenAxis(PortAxis(.input(0), 1), "normalises over it")]
    return rule
  }

  /// By ``LRNDerivative``.
  package func differentiate(_ gradients: inout GradientBuilder) {
    gradients.set(
      gradients.add(
        LRNDerivative.name, [gradients.outputGradient, gradients.input(0)], gradients.attributes), forInput: 0)
  }
}

/// `dX[c] = dY[c] s[c]^-beta - 2 alpha beta / size X[c] sum over j of dY[j] X[j] s[j]^(-beta - 1)`, the sum over the
/// channels `j` whose window contains `c`; from `dY` and `X`.
package struct LRNDerivative: Operator {
  /// `espalier::LRNDerivative`.
  package static let name: OperatorName = .own("LRNDerivative")

  /// The type of `X`.
  package let input: TensorType
  /// The window of channels, and the factors.
  package let window: ResponseWindow

  /// Parses a node.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(1)
    window = try ResponseWindow(call)
  }

  /// The type of `X`.
  package var outputs: [TensorType] { [input] }
}

/// The window of channels of local response normalisation, and its factors.
package struct ResponseWindow: Hashable, Sendable {
  /// The number of channels.
  package let size: Int
  /// The factor of the sum of squares.
  package let alpha: Float
  /// The exponent.
  package let beta: Float
  /// The constant added to the sum.
  package let bias: Float

  /// Reads the attributes of a node.
  init(_ call: Invocation) throws(EspalierError) {
    size = try call.int("size", default: 0)
    guard (1...1 << 20).contains(size) else { throw call.error("cannot normalise over \(size) channels") }
    alpha = try call.float("alpha", default: 1e-4)
    beta = try call.float("beta", default: 0.75)
    bias = try call.float("bias", default: 1)
  }
}
