import EspalierFiles
import EspalierGraph
import EspalierTensors
import OrderedCollections

/// A transposed convolution: the data gradient of a convolution applied to X, with `B[o]` added.
///
/// `Y[n, o, i] = B[o] + sum over c, p, t of W[c, o, t] X[n, c, p]` where tap `t` of window `p` lies on `i`. X is
/// `N x C x windows`, W `C x O / group x kernel`; along each axis Y has
/// `stride (size - 1) + output_padding + reach - pads` elements.
package struct ConvTranspose: DifferentiableOperator {
  /// `ConvTranspose`.
  package static let name: OperatorName = "ConvTranspose"

  /// W and B.
  package static var parameterInputs: ParameterInputs { .at(1..<3) }

  /// The channels are along axis 1.
  package static func channelReading(_ node: Node) -> ChannelReading { .secondAxis }

  /// The sizes of the convolution that this one transposes, whose source is this one's result and vice versa.
  package let geometry: ConvolutionGeometry
  /// Whether B is present.
  package let hasBias: Bool
  /// The attributes of that convolution.
  private let attributes: OrderedDictionary<String, Attribute>

  /// Parses a node; B must be one number for each output channel.
  package init(_ call: Invocation) throws(EspalierError) {
    let (attributes, shape) = try Self.transposed(call)
    var node = call.node
    node.attributes = attributes
    geometry = try ConvolutionGeometry(
      Invocation(node, opset: call.opset, inputs: call.inputs), source: shape, weights: try call.input(1).shape)
    guard geometry.resultShape == (try call.input(0).shape) else {
      throw call.error("its output_shape or output_padding does not fit its input")
    }
    hasBias = call.has(input: 2)
    try call.checkBias(channels: geometry.inputChannels)
    self.attributes = attributes
  }

  /// The attributes of the convolution that this one transposes, and the shape of its input, which is this one's
  /// result.
  private static func transposed(
    _ call: Invocation
  ) throws(EspalierError) -> (attributes: OrderedDictionary<String, Attribute>, shape: Shape) {
    let (source, weights) = (try call.floatInput(0).shape, try call.floatInput(1).shape)
    let groups = try call.int("group", default: 1)
    guard source.rank >= 3, source.rank == weights.rank, source[1] == weights[0], groups > 0 else {
      throw call.error("cannot convolve \(source) with weights of shape \(weights) in \(groups) groups")
    }
    let (channels, overflow) = weights[1].multipliedReportingOverflow(by: groups)
    guard !overflow else { throw call.error("has too many output channels in \(groups) groups") }
    let placement = try TransposedPlacement(call, over: Array(source.dropFirst(2)), Array(weights.dropFirst(2)))
    var attributes = call.node.attributes.filter {
      ["strides", "dilations", "group", "kernel_shape"].contains($0.key)
    }
    attributes["pads"] = .ints((placement.before + placement.after).map(Int64.init))
    guard let shape = Shape(checking: [source[0], channels] + placement.sizes) else {
      throw call.error("its pads leave nothing of its result, \(placement.sizes)")
    }
    return (attributes, shape)
  }

  /// The shape of Y.
  package var outputs: [TensorType] { [TensorType(geometry.sourceShape)] }

  /// Whether each input channel has filters of its own.
  private var isDepthwise: Bool { geometry.groups > 1 && geometry.outputChannels == geometry.groups }

  /// Input channels are tied to the first axis of the weights and contracted; output channels to the second. In groups
  /// of several channels, the same number of input channels, and of output channels, must be removed from each. In a
  /// depthwise convolution, each channel is tied to its filters and to their outputs.
  package var axes: AxisRule? {
    var rule = AxisRule.windows(geometry.windows, from: .input(0), to: .output(0))
    if !geometry.windows.isIdentity {
      rule.frozen += geometry.windows.axes.indices.map { FrozenAxis(PortAxis(.input(1), $0 + 2), AxisRule.slides) }
    }
    rule.ties.append(AxisTie(PortAxis(.input(0), 0), PortAxis(.output(0), 0)))
    let bias: [PortAxis] = hasBias ? [PortAxis(.input(2), 0)] : []
    let (source, result, groups) = (PortAxis(.input(0), 1), PortAxis(.output(0), 1), geometry.groups)
    rule.ties.append(AxisTie(source, PortAxis(.input(1), 0)))
    if isDepthwise {
      rule.ties += ([result] + bias).map { AxisTie(source, $0, block: geometry.channelsPerGroup) }
      rule.frozen.append(FrozenAxis(PortAxis(.input(1), 1), "makes as many outputs of each channel"))
      return rule
    }
    let outputs = PortAxis(.input(1), 1, blocks: groups)
    rule.ties += ([result] + bias).map { AxisTie(outputs, $0) }
    rule.balance([source, result], parts: groups)
    rule.contractions = [
      Contraction(
        activation: source, weight: PortAxis(.input(1), 0), outputAxis: outputs, groups: groups,
        bias: bias.first?.port)
    ]
    return rule
  }

  /// For each input, the number of channels it contributes to times the number of taps.
  package var cost: Cost { Cost(macs: geometry.macs) }

  /// Adapts the number of groups of a depthwise convolution to that of its channels.
  package func resize(_ resizing: inout NodeResizing) {
    guard isDepthwise else { return }
    resizing.set("group", to: .int(Int64(resizing.inputShape(0)[1])))
  }

  /// `dX` is the convolution of `dY`; `dW` is the convolution's weight gradient, with `X` as the gradient of its
  /// output.
  package func differentiate(_ gradients: inout GradientBuilder) {
    if gradients.wants(0) {
      gradients.set(
        gradients.add(Conv.name, [gradients.outputGradient, gradients.input(1)], attributes), forInput: 0)
    }
    if gradients.wants(1) {
      gradients.set(
        gradients.add(
          ConvolutionWeightGradient.name, [gradients.input(0), gradients.outputGradient],
          attributes.settingShape(geometry.weightShape)), forInput: 1)
    }
    if gradients.wants(2) { gradients.setSumOverChannels(forInput: 2) }
  }
}
