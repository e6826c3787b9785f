import EspalierFiles
import EspalierGraph
import EspalierTensors

/// A convolution: `Y[n, o, p] = B[o] + sum over c, t of W[o, c, t] X[n, c, p stride - pad + t dilation]`, over one to
/// three spatial axes, in groups of channels that see nothing of each other.
///
/// X is `N x C x spatial`, W `O x C / group x kernel`, B of `O` elements and may be left out.
package struct Conv: DifferentiableOperator {
  /// `Conv`.
  package static let name: OperatorName = "Conv"

  /// W and B.
  package static var parameterInputs: ParameterInputs { .at(1..<3) }

  /// Along axis 1.
  package static func channelReading(_ node: Node) -> ChannelReading { .secondAxis }

  /// The sizes, and the windows over X.
  package let geometry: ConvolutionGeometry
  /// Whether B is there.
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

  /// The batch, one channel for each of the weights' first axis, and the windows.
  package var outputs: [TensorType] { [TensorType(geometry.resultShape)] }

  /// Output channels go with the weights' first axis, input channels with the second, and are contracted. In groups of
  /// several channels, as many must go from each, of the outputs as well.
  ///
  /// With a group for every input channel (depthwise), each channel goes with its filters and what they make: it passes
  /// through.
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

  /// For each output, the channels it sees times the taps.
  package var cost: Cost { Cost(macs: geometry.macs) }

  /// The groups of a depthwise convolution are as many as its channels.
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
  /// Refuses a bias, the third input where it is there, that is not one number for each of `channels` outputs.
  func checkBias(channels: Int) throws(EspalierError) {
    guard has(input: 2) else { return }
    let bias = try floatInput(2).shape
    guard bias == [channels] else {
      throw error("its bias of shape \(bias) is not one number for each of \(channels) outputs")
    }
  }
}
