import EspalierGraph
import EspalierOperators
import EspalierPruning
import EspalierTensors
import OrderedCollections

/// Small convolutional networks, layer by layer, their numbers drawn from a seed.
struct ConvolutionalNetworks {
  private var networks: SmallNetworks
  private(set) var graph: Graph

  init(channels: Int, size: Int, seed: UInt64) {
    networks = SmallNetworks(seed: seed)
    graph = Graph(
      inputs: [ValueInfo("input", .float32, [.symbolic("N"), .fixed(channels), .fixed(size), .fixed(size)])],
      outputs: [ValueInfo("output")], opsets: ["": 17])
  }

  /// Inputs that fit the network.
  mutating func calibration(_ samples: Int) -> InMemoryCalibration {
    let sizes = graph.inputs[0].dimensions!.dropFirst().compactMap(\.size)
    return networks.calibration(Shape([samples] + sizes))
  }

  /// Adds a node and returns the name of its output.
  mutating func add(
    _ op: OperatorName, _ inputs: [String], _ attributes: OrderedDictionary<String, Attribute> = [:],
    result: String? = nil
  ) -> String {
    let result = result ?? "v\(graph.nodes.count)"
    graph.nodes.append(Node(op, name: result, inputs, [result], attributes))
    return result
  }

  /// A convolution of `from` to `to` channels, normalised or with a bias, rectified where asked.
  mutating func convolution(
    _ name: String, _ input: String, _ from: Int, _ to: Int, kernel: Int = 3, stride: Int = 1, dilation: Int = 1,
    groups: Int = 1, isNormalized: Bool = true, isRectified: Bool = true
  ) -> String {
    graph.constants["\(name).weight"] = networks.tensor([to, from / groups, kernel, kernel])
    let pad = Int64(kernel / 2 * dilation)
    var inputs = [input, "\(name).weight"]
    if !isNormalized {
      graph.constants["\(name).bias"] = networks.tensor([to])
      inputs.append("\(name).bias")
    }
    graph.nodes.append(
      Node(
        Conv.name, name: name, inputs, ["\(name).out"],
        [
          "group": .int(Int64(groups)), "pads": .ints([pad, pad, pad, pad]),
          "strides": .ints([Int64(stride), Int64(stride)]), "dilations": .ints([Int64(dilation), Int64(dilation)]),
        ]))
    var value = "\(name).out"
    if isNormalized {
      for part in ["scale", "shift", "mean"] { graph.constants["\(name).\(part)"] = networks.tensor([to]) }
      graph.constants["\(name).variance"] = Tensor(repeating: Float(from * kernel), shape: [to])
      value = add(BatchNormalization.name, [value] + ["scale", "shift", "mean", "variance"].map { "\(name).\($0)" })
    }
    return isRectified ? add(Relu.name, [value]) : value
  }

  /// The mean of each channel, and a dense layer.
  mutating func classify(_ input: String, _ channels: Int) {
    graph.constants["head.weight"] = networks.tensor([3, channels])
    graph.constants["head.bias"] = networks.tensor([3])
    let pooled = add(Flatten.name, [add(GlobalAveragePool.name, [input])])
    _ = add(Gemm.name, [pooled, "head.weight", "head.bias"], ["transB": .int(1)], result: "output")
  }

  /// Two basic blocks, the second of half the size and with a convolution beside it.
  static func residual(seed: UInt64) -> ConvolutionalNetworks {
    var network = ConvolutionalNetworks(channels: 3, size: 8, seed: seed)
    let stem = network.convolution("stem", "input", 3, 6)
    let hidden = network.convolution("a.conv1", stem, 6, 8)
    let branch = network.convolution("a.conv2", hidden, 8, 6, isRectified: false)
    let first = network.add(Relu.name, [network.add(Add.name, [branch, stem])])
    let inner = network.convolution("b.conv1", first, 6, 9, stride: 2)
    let left = network.convolution("b.conv2", inner, 9, 7, isRectified: false)
    let right = network.convolution("b.beside", first, 6, 7, kernel: 1, stride: 2, isRectified: false)
    network.classify(network.add(Relu.name, [network.add(Add.name, [left, right])]), 7)
    return network
  }

  /// An expansion, a depthwise stage and a projection around which the input is added.
  static func invertedResidual(seed: UInt64) -> ConvolutionalNetworks {
    var network = ConvolutionalNetworks(channels: 3, size: 8, seed: seed)
    var value = network.convolution("stem", "input", 3, 5, stride: 2)
    for block in ["a", "b"] {
      let wide = network.convolution("\(block).expand", value, 5, 10, kernel: 1)
      let deep = network.convolution("\(block).depthwise", wide, 10, 10, groups: 10)
      let narrow = network.convolution("\(block).project", deep, 10, 5, kernel: 1, isRectified: false)
      value = network.add(Add.name, [narrow, value])
    }
    network.classify(value, 5)
    return network
  }

  /// Layers that read the outputs of all layers before them, side by side.
  static func dense(seed: UInt64) -> ConvolutionalNetworks {
    var network = ConvolutionalNetworks(channels: 3, size: 6, seed: seed)
    let first = network.convolution("first", "input", 3, 6)
    let second = network.convolution("second", first, 6, 5, isNormalized: false)
    let both = network.add(Concat.name, [first, second], ["axis": .int(1)])
    let third = network.convolution("third", both, 11, 7, dilation: 2, isNormalized: false)
    let all = network.add(Concat.name, [both, third], ["axis": .int(1)])
    network.classify(network.convolution("last", all, 18, 6, kernel: 1), 6)
    return network
  }

  /// A convolution whose map a dense layer reads as a whole, as in VGG.
  static func flattened(seed: UInt64) -> ConvolutionalNetworks {
    var network = ConvolutionalNetworks(channels: 2, size: 5, seed: seed)
    let map = network.convolution("conv", "input", 2, 6, isNormalized: false)
    network.graph.constants["fc.weight"] = network.networks.tensor([8, 150])
    network.graph.constants["fc.bias"] = network.networks.tensor([8])
    network.graph.constants["head.weight"] = network.networks.tensor([3, 8])
    let flat = network.add(Flatten.name, [map])
    let hidden = network.add(
      Relu.name, [network.add(Gemm.name, [flat, "fc.weight", "fc.bias"], ["transB": .int(1)])])
    _ = network.add(Gemm.name, [hidden, "head.weight"], ["transB": .int(1)], result: "output")
    return network
  }
}
