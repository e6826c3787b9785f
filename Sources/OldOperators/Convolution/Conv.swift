import Graph
import Tensors

/// A convolution: `Y[n, o, p] = B[o] + sum over c, t of W[o, c, t] X[n, c, p stride - pad + t dilation]`, over one to three
/// spatial axes, in groups of channels that see nothing of each other.
///
/// X is `N x C x spatial`, W `O x C / group x kernel`, B of `O` elements and may be left out.
public enum Conv: Operator {
  /// `Conv`.
  public static let name: OperatorName = "Conv"

  /// W and B.
  public static var parameterInputs: ParameterInputs { .at(1..<3) }

  static func geometry(_ invocation: Invocation) throws -> ConvolutionGeometry {
    try ConvolutionGeometry(
      invocation, source: try invocation.floatInput(0).shape, weights: try invocation.floatInput(1).shape)
  }

  /// The batch, one channel for each of the weights' first axis, and the windows.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let geometry = try geometry(invocation)
    if invocation.has(input: 2) {
      let bias = try invocation.floatInput(2).shape
      guard bias == [geometry.outputChannels] else {
        throw invocation.error(
          "its bias of shape \(bias) is not one number for each of \(geometry.outputChannels) outputs")
      }
    }
    return [TensorType(geometry.resultShape)]
  }

  /// Output channels go with the weights' first axis, input channels with the second, and are contracted. In groups of several
  /// channels, as many must go from each, of the outputs as well.
  ///
  /// With a group for every input channel (depthwise), each channel goes with its filters and what they make: it passes
  /// through.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    let geometry = try geometry(invocation)
    let (source, weights, result) = (Port.input(0), Port.input(1), Port.output(0))
    let bias: Port? = invocation.has(input: 2) ? .input(2) : nil
    var rule = AxisRule.windows(geometry.windows, from: source, to: result)
    if !geometry.windows.isIdentity {
      rule.frozen += geometry.windows.axes.indices.map { FrozenAxis(PortAxis(weights, $0 + 2), AxisRule.slides) }
    }
    rule.ties.append(AxisTie(PortAxis(source, 0), PortAxis(result, 0)))
    let outputs = [PortAxis(weights, 0), PortAxis(result, 1)] + (bias.map { [PortAxis($0, 0)] } ?? [])
    if geometry.groups > 1, geometry.channelsPerGroup == 1 {
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

  /// The groups of a depthwise convolution are as many as its channels.
  public static func resize(_ resizing: inout NodeResizing) throws {
    let geometry = try geometry(resizing.before)
    guard geometry.groups > 1, geometry.channelsPerGroup == 1 else { return }
    resizing.set("group", to: .int(Int64(try resizing.now.input(0).shape[1])))
  }

  /// For each output, the channels it sees times the taps.
  public static func cost(_ invocation: Invocation) throws -> Cost {
    Cost(macs: try geometry(invocation).macs)
  }

  /// Plane by plane and tap by tap, the innermost loop along a row of outputs.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let geometry = try geometry(invocation)
    let (runs, step) = (geometry.windows.runs, geometry.windows.step)
    return FunctionKernel { operands in
      let x = operands.inputs[0]!.floats.baseAddress!
      let w = operands.inputs[1]!.floats.baseAddress!
      let y = operands.outputs[0].floats
      let bias = operands.inputs.count > 2 ? operands.inputs[2]?.floats : nil
      let outputs = geometry.windows.outputCount
      for i in 0..<y.count { y[i] = bias.map { $0[i / outputs % geometry.outputChannels] } ?? 0 }
      let result = y.baseAddress!
      geometry.forEachPlane { source, weights, target in
        for run in runs {
          let (inputs, outputs) = (x + source + run.input, result + target + run.output)
          let weight = w[weights + run.tap]
          for i in 0..<run.count { outputs[i] += weight * inputs[i * step] }
        }
      }
    }
  }

  /// `dX` and `dW` by ``ConvolutionDataGradient`` and ``ConvolutionWeightGradient``, `dB = sum over n, p of dY`.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    let call = gradients.invocation
    let dY = gradients.outputGradient
    if gradients.wants(0) {
      gradients.set(
        gradients.add(
          ConvolutionDataGradient.name, [dY, gradients.input(1)],
          call.node.attributes.settingShape(try call.input(0).shape)), forInput: 0)
    }
    if gradients.wants(1) {
      gradients.set(
        gradients.add(
          ConvolutionWeightGradient.name, [dY, gradients.input(0)],
          call.node.attributes.settingShape(try call.input(1).shape)), forInput: 1)
    }
    if gradients.wants(2) { try gradients.setSumOverChannels(forInput: 2) }
  }
}

extension Conv: SlidingOperator {
  /// The windows over X.
  package static func windows(_ invocation: Invocation) throws -> Windows {
    try geometry(invocation).windows
  }
}

#if OneDNN
  extension Conv: OneDNNOperator {
    static func layout(_ invocation: Invocation) throws -> LayoutRule {
      LayoutRule(.channelsLast, plainInputs: [1])
    }

    static func primitive(_ invocation: Invocation, in order: AxisOrder) throws -> (any Kernel)? {
      ConvolutionPrimitive(.forward, try geometry(invocation), invocation)
    }
  }
#endif
