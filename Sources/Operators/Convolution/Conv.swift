import EspalierFiles
import EspalierGraph
import EspalierTensors

/// A convolution: `Y[n, o, p] = B[o] + sum over c, t of W[o, c, t] X[n, c, p stride - pad + t dilation]`, over one to
/// three spatial axes, in independent groups of channels.
///
/// X is `N x C x spatial`, W `O x C / group x kernel`; the optional B has `O` elements.
package struct Conv: DifferentiableOperator {
  /// `Conv`.
  package static let name: OperatorName = "Conv"

  /// W and B.
  package static var parameterInputs: ParameterInputs { .at(1..<3) }

  /// The channels are along axis 1.
  package static func channelReading(_ node: Node) -> ChannelReading { .secondAxis }

  /// The sizes, and the windows over X.
  package let geometry: ConvolutionGeometry
  /// Whether B is present.
  package let hasBias: Bool

  /// Parses a node; B must be one number for each output channel.
  package init(_ call: Invocation) throws(EspalierError) {
    geometry = try ConvolutionGeometry(
      call, source: try call.floatInput(0).shape, weights: try call.floatInput(1).shape)
    hasBias = call.has(input: 2)
    try call.checkBias(channels: geometry.outputChannels)
  }

  /// The convolution of `geometry`, with or without a bias.
  package init(_ geometry: ConvolutionGeometry, hasBias: Bool) {
    (self.geometry, self.hasBias) = (geometry, hasBias)
  }

  /// The shape of Y.
  package var outputs: [TensorType] { [TensorType(geometry.resultShape)] }

  /// Output channels are tied to the first axis of the weights; input channels to the second, and contracted. In groups
  /// of several channels, the same number of input channels, and of output channels, must be removed from each.
  ///
  /// In a depthwise convolution, each input channel is tied to its filters and to their outputs: it passes through.
  package var axes: AxisRule? {
    let (source, weights, result) = (Port.input(0), Port.input(1), Port.output(0))
    let bias: Port? = hasBias ? .input(2) : nil
    var rule = AxisRule.windows(geometry.windows, from: source, to: result)
    if !geometry.windows.isIdentity {
      rule.frozen += geometry.windows.axes.indices.map { FrozenAxis(PortAxis(weights, $0 + 2), AxisRule.slides) }
    }
    rule.ties.append(AxisTie(PortAxis(source, 0), PortAxis(result, 0)))
    let outputs = [PortAxis(weights, 0), PortAxis(result, 1)] + (bias.map { [PortAxis($0, 0)] } ?? [])
    if geometry.isDepthwise {
      let multiplier = geometry.outputChannels / geometry.groups
      rule.ties += outputs.map { AxisTie(PortAxis(source, 1), $0, block: multiplier) }
      return rule
    }
    let channels = PortAxis(weights, 1, blocks: geometry.groups)
    rule.ties += outputs.dropFirst().map { AxisTie(outputs[0], $0) }
    rule.ties.append(AxisTie(PortAxis(source, 1), channels))
    rule.balance([PortAxis(source, 1), outputs[0]], parts: geometry.groups)
    rule.contractions = [
      Contraction(
        activation: PortAxis(source, 1), weight: channels, outputAxis: outputs[0], groups: geometry.groups, bias: bias)
    ]
    return rule
  }

  /// For each output, the number of channels of its group times the number of taps.
  package var cost: Cost { Cost(macs: geometry.macs) }

  /// Adapts the number of groups of a depthwise convolution to that of its channels.
  package func resize(_ resizing: inout NodeResizing) {
    guard geometry.isDepthwise else { return }
    resizing.set("group", to: .int(Int64(resizing.inputShape(0)[1])))
  }

  /// `dX` and `dW` by ``ConvolutionDataGradient`` and ``ConvolutionWeightGradient``, `dB = sum over n, p of dY`.
  package func differentiate(_ gradients: inout GradientBuilder) {
    let dY = gradients.outputGradient
    if gradients.wants(0) {
      gradients.set(
        gradients.add(
          ConvolutionDataGradient.name, [dY, gradients.input(1)],
          gradients.attributes.settingShape(geometry.sourceShape)), forInput: 0)
    }
    if gradients.wants(1) {
      gradients.set(
        gradients.add(
          ConvolutionWeightGradient.name, [dY, gradients.input(0)],
          gradients.attributes.settingShape(geometry.weightShape)), forInput: 1)
    }
    if gradients.wants(2) { gradients.setSumOverChannels(forInput: 2) }
  }
}

extension Conv: SlidingOperator {
  /// The windows over X.
  package var windows: Windows { geometry.windows }
}

extension Invocation {
  /// Rejects a bias, the optional third input, that does not have one number for each of `channels` output channels.
  func checkBias(channels: Int) throws(EspalierError) {
    guard has(input: 2) else { return }
    let bias = try floatInput(2).shape
    guard bias == [channels] else {
      throw error("its bias of shape \(bias) is not one number for each of \(channels) outputs")
    }
  }
}
