import Graph
import OrderedCollections
import Tensors

/// A transposed convolution: what a convolution's derivative does to the gradient of its output, with `B[o]` added.
///
/// `Y[n, o, i] = B[o] + sum over c, p, t of W[c, o, t] X[n, c, p]` where tap `t` of window `p` lies on `i`. X is `N x C x windows`,
/// W `C x O / group x kernel`; along each axis Y has `stride (size - 1) + output_padding + reach - pads` elements.
public enum ConvTranspose: Operator {
  /// `ConvTranspose`.
  public static let name: OperatorName = "ConvTranspose"

  /// W and B.
  public static var parameterInputs: ParameterInputs { .at(1..<3) }

  /// The attributes of the convolution that this one is the transpose of, over inputs of the result's shape.
  private static func transposed(_ invocation: Invocation) throws -> OrderedDictionary<String, Attribute> {
    let (source, weights) = (try invocation.floatInput(0).shape, try invocation.floatInput(1).shape)
    let groups = try invocation.int("group", default: 1)
    guard source.rank >= 3, source.rank == weights.rank, source[1] == weights[0], groups > 0 else {
      throw invocation.error("cannot convolve \(source) with weights of shape \(weights) in \(groups) groups")
    }
    let (channels, overflow) = weights[1].multipliedReportingOverflow(by: groups)
    guard !overflow else { throw invocation.error("has too many output channels in \(groups) groups") }
    let placement = try TransposedPlacement(invocation, over: Array(source.dropFirst(2)), Array(weights.dropFirst(2)))
    var attributes = invocation.node.attributes.filter {
      ["strides", "dilations", "group", "kernel_shape"].contains($0.key)
    }
    attributes["pads"] = .ints((placement.before + placement.after).map(Int64.init))
    guard let shape = Shape(checking: [source[0], channels] + placement.sizes) else {
      throw invocation.error("its pads leave nothing of its result, \(placement.sizes)")
    }
    return attributes.settingShape(shape)
  }

  private static func geometry(_ invocation: Invocation) throws -> ConvolutionGeometry {
    let attributes = try transposed(invocation)
    var node = invocation.node
    node.attributes = attributes
    let convolution = Invocation(node, opset: invocation.opset, inputs: invocation.inputs)
    let geometry = try ConvolutionGeometry(
      convolution, source: try convolution.statedShape(), weights: try invocation.input(1).shape)
    guard geometry.resultShape == (try invocation.input(0).shape) else {
      throw invocation.error("its output_shape or output_padding does not fit its input")
    }
    return geometry
  }

  /// The batch, `O` channels, and the spatial sizes.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let shape = try geometry(invocation).sourceShape
    if invocation.has(input: 2) {
      let bias = try invocation.floatInput(2).shape
      guard bias == [shape[1]] else {
        throw invocation.error("its bias of shape \(bias) is not one number for each of \(shape[1]) outputs")
      }
    }
    return [TensorType(shape)]
  }

  /// Input channels go with the weights' first axis and are contracted, output channels with the second. In groups of several
  /// channels, as many must go from each, of the outputs as well. With a group for every input channel (depthwise), each channel
  /// goes with its filters and what they make.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    let geometry = try geometry(invocation)
    var rule = AxisRule.windows(geometry.windows, from: .input(0), to: .output(0))
    if !geometry.windows.isIdentity {
      rule.frozen += geometry.windows.axes.indices.map { FrozenAxis(PortAxis(.input(1), $0 + 2), AxisRule.slides) }
    }
    rule.ties.append(AxisTie(PortAxis(.input(0), 0), PortAxis(.output(0), 0)))
    let bias: [PortAxis] = invocation.has(input: 2) ? [PortAxis(.input(2), 0)] : []
    let (source, result, groups) = (PortAxis(.input(0), 1), PortAxis(.output(0), 1), geometry.groups)
    rule.ties.append(AxisTie(source, PortAxis(.input(1), 0)))
    // The convolution's result is this one's source.
    if groups > 1, geometry.outputChannels == groups {
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

  /// The groups of a depthwise convolution are as many as its channels.
  public static func resize(_ resizing: inout NodeResizing) throws {
    let geometry = try geometry(resizing.before)
    guard geometry.groups > 1, geometry.outputChannels == geometry.groups else { return }
    resizing.set("group", to: .int(Int64(try resizing.now.input(0).shape[1])))
  }

  /// For each input, the channels it reaches times the taps.
  public static func cost(_ invocation: Invocation) throws -> Cost {
    Cost(macs: try geometry(invocation).macs)
  }

  /// The gradient's kernel, and the bias added.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let geometry = try geometry(invocation)
    return addingBias(to: ConvolutionDataGradient.kernel(geometry), invocation)
  }

  private static func addingBias(to kernel: any Kernel, _ invocation: Invocation) -> any Kernel {
    guard invocation.has(input: 2) else { return kernel }
    let planes = ChannelPlanes(invocation.outputs[0].shape)
    return FunctionKernel { operands in
      kernel.run(Operands(inputs: Array(operands.inputs.prefix(2)), outputs: operands.outputs))
      let (bias, y) = (operands.inputs[2]!.floats, operands.outputs[0].floats.baseAddress!)
      planes.forEach { channel, start in
        for i in start..<start + planes.size { y[i] += bias[channel] }
      }
    }
  }

  /// `dX` is the convolution of `dY`, `dW` the convolution's weight gradient with `X` as its output's gradient.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    var attributes = try transposed(gradients.invocation)
    attributes["shape"] = nil
    if gradients.wants(0) {
      gradients.set(
        gradients.add(Conv.name, [gradients.outputGradient, gradients.input(1)], attributes), forInput: 0)
    }
    if gradients.wants(1) {
      gradients.set(
        gradients.add(
          ConvolutionWeightGradient.name, [gradients.input(0), gradients.outputGradient],
          attributes.settingShape(try gradients.invocation.input(1).shape)), forInput: 1)
    }
    if gradients.wants(2) { try gradients.setSumOverChannels(forInput: 2) }
  }
}

#if OneDNN
  extension ConvTranspose: OneDNNOperator {
    static func layout(_ invocation: Invocation) throws -> LayoutRule {
      LayoutRule(.channelsLast, plainInputs: [1])
    }

    static func primitive(_ invocation: Invocation, in order: AxisOrder) throws -> (any Kernel)? {
      guard let product = ConvolutionPrimitive(.dataGradient, try geometry(invocation), invocation) else { return nil }
      guard invocation.has(input: 2) else { return product }
      let y = invocation.outputs[0]
      let bias = TensorType(Shape([y.shape[1]] + y.shape.dropFirst(2).map { _ in 1 }))
      let addition = Invocation(Node(Add.name, [], []), opset: invocation.opset, inputs: [y, bias], outputs: [y])
      let sum = try ElementwiseParts(Add.self, addition, in: order)
      return FunctionKernel { operands in
        product.run(operands)
        sum.run(Operands(inputs: [operands.outputs[0], operands.inputs[2]], outputs: operands.outputs))
      }
    }
  }
#endif
