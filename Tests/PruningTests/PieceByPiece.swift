import EspalierGraph
import EspalierOperators
import EspalierTensors
import OrderedCollections

/// A convolutional network built piece by piece, each of which reads the output of the last.
///
/// Maps are of `side` x `side`, and a batch may have any size.
struct PieceByPiece {
  /// The forms in which exporters write the shape of a reshape.
  enum Sizes: CaseIterable {
    /// -1 for the batch, numbers for the rest.
    case numbers
    /// The batch read off a `Shape`, the rest numbers, as PyTorch's exporter writes it.
    case computed
  }

  private var builder: GraphBuilder
  private(set) var channels: Int
  private var networks: SmallNetworks
  private var value = "input"
  private let side: Int

  init(seed: UInt64, channels: Int, side: Int = 4, opset: Int = 17) {
    networks = SmallNetworks(seed: seed)
    self.channels = channels
    self.side = side
    builder = GraphBuilder(Graph(opsets: ["": opset]))
    builder.declareInput(
      ValueInfo("input", .float32, [.symbolic("N"), .fixed(channels), .fixed(side), .fixed(side)]))
  }

  /// The network as it is so far.
  var graph: Graph { builder.graph }

  /// The value that the next piece reads.
  var last: (value: String, channels: Int) {
    get { (value, channels) }
    set { (value, channels) = newValue }
  }

  private mutating func stored(_ name: String, _ tensor: Tensor) -> String {
    builder.store(tensor, as: name)
  }

  mutating func whole(_ values: [Int]) -> String {
    stored("sizes", Tensor(shape: [values.count], values.map(Int64.init)))
  }

  @discardableResult
  mutating func add(
    _ op: OperatorName, _ inputs: [String], _ attributes: OrderedDictionary<String, Attribute> = [:]
  ) -> String {
    value = builder.add(op, inputs, attributes, output: "\(op.type)\(graph.nodes.count)")
    return value
  }

  /// A convolution, its weights called `name.weight`.
  mutating func convolution(_ name: String, _ outputs: Int, kernel: Int = 1, groups: Int = 1, hasBias: Bool = true) {
    let weight = stored("\(name).weight", networks.tensor([outputs, channels / groups, kernel, kernel]))
    let bias = hasBias ? [stored("\(name).bias", networks.tensor([outputs]))] : []
    let pad = Int64(kernel / 2)
    let attributes: OrderedDictionary<String, Attribute> = ["pads": .ints([pad, pad, pad, pad])]
    add(
      Conv.name, [value, weight] + bias,
      groups > 1 ? attributes.merging(["group": .int(Int64(groups))]) { $1 } : attributes)
    channels = outputs
  }

  mutating func rectify() { add(Relu.name, [value]) }

  /// The channels of each of `groups` parts dealt out in turn: reshape, transposition, reshape.
  mutating func shuffle(_ groups: Int, _ sizes: Sizes) {
    reshape([groups, channels / groups, side, side], sizes)
    add(Transpose.name, [value], ["perm": .ints([0, 2, 1, 3, 4])])
    reshape([channels, side, side], sizes)
  }

  mutating func reshape(_ inner: [Int], _ sizes: Sizes) {
    let input = value
    switch sizes {
    case .numbers: add(Reshape.name, [input, whole([-1] + inner)])
    case .computed:
      let shape = add(ShapeOf.name, [input])
      let batch = add(Gather.name, [shape, whole([0])], ["axis": .int(0)])
      let all = add(Concat.name, [batch, whole(inner)], ["axis": .int(0)])
      add(Reshape.name, [input, all])
    }
  }

  /// Squeeze and excitation: each channel multiplied by a number that is computed from the means of all.
  mutating func gate(_ name: String, reduced: Int) {
    let input = last
    add(GlobalAveragePool.name, [value])
    convolution("\(name).fc1", reduced)
    rectify()
    convolution("\(name).fc2", input.channels)
    let gate = add(Sigmoid.name, [value])
    add(Multiply.name, [input.value, gate])
  }

  /// Adds `other` to the last value.
  mutating func residual(_ other: (value: String, channels: Int)) { add(Add.name, [other.value, value]) }

  /// Puts the last value behind `other`.
  mutating func concatenate(_ other: (value: String, channels: Int)) {
    add(Concat.name, [other.value, value], ["axis": .int(1)])
    channels += other.channels
  }

  /// Cuts the channels in two; the second part is the last value.
  mutating func split(_ first: Int, isStated: Bool = true) -> (value: String, channels: Int) {
    let sizes = isStated ? [whole([first, channels - first])] : []
    let names = builder.add(Split.name, [value] + sizes, ["axis": .int(1)], outputs: ["first", "second"])
    defer { last = (names[1], channels - first) }
    return (names[0], first)
  }

  /// The channels from `start`, counted from the end where negative, to before `end`.
  mutating func slice(_ start: Int, _ end: Int) {
    add(Slice.name, [value, whole([start]), whole([end]), whole([1])])
    channels = min(end, channels) - (start < 0 ? channels + start : start)
  }

  /// The mean of each channel and a dense layer, or a dense layer of all positions.
  mutating func classify(_ classes: Int = 3, ofMeans: Bool = true) {
    if ofMeans { add(GlobalAveragePool.name, [value]) }
    add(Flatten.name, [value])
    let columns = channels * (ofMeans ? 1 : side * side)
    let weight = stored("head.weight", networks.tensor([classes, columns]))
    add(Gemm.name, [value, weight, stored("head.bias", networks.tensor([classes]))], ["transB": .int(1)])
    finish()
  }

  /// Makes the last value the network's output.
  mutating func finish() { builder.declareOutput(ValueInfo(value)) }
}
