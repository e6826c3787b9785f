import EspalierGraph
import EspalierOperators
import EspalierPruning
import EspalierTensors
import OrderedCollections

/// Networks in which one module is called several times, as an exporter writes them that traces the calls: weights that
/// it folds something into are stored once for each call.
struct Towers {
  /// The way in which the weights of a module that is called several times are stored.
  enum Storage: CaseIterable {
    case once
    case apart
    /// Once, with `Identity` nodes that give it the other names.
    case identities
    /// Apart, in `Constant` nodes.
    case constantNodes
  }

  private var networks: SmallNetworks
  private let storage: Storage
  private(set) var graph = Graph(opsets: ["": 17])
  private var parameters: [String: Tensor] = [:]
  private var definitions: [Node] = []

  init(seed: UInt64, _ storage: Storage) {
    networks = SmallNetworks(seed: seed)
    self.storage = storage
  }

  /// The name under which call number `call` reads the parameter `name`, made at the first.
  private mutating func parameter(_ name: String, _ shape: Shape, call: Int) -> String {
    let tensor = parameters[name] ?? networks.tensor(shape)
    parameters[name] = tensor
    let own = call == 0 || storage == .once ? name : "\(name)_\(call)"
    guard graph.constants[own] == nil, !definitions.contains(where: { $0.outputs == [own] }) else { return own }
    switch storage {
    case .identities where own != name: definitions.append(Node(Identity.name, [name], [own]))
    case .constantNodes: definitions.append(Node(Constant.name, [], [own], ["value": .tensor(tensor)]))
    default: graph.constants[own] = tensor
    }
    return own
  }

  private mutating func add(
    _ op: OperatorName, _ inputs: [String], _ attributes: OrderedDictionary<String, Attribute> = [:]
  ) -> String {
    let result = "v\(graph.nodes.count)"
    graph.nodes.append(Node(op, name: result, inputs, [result], attributes))
    return result
  }

  private mutating func convolution(
    _ name: String, _ input: String, _ from: Int, _ to: Int, call: Int, kernel: Int = 3, dilation: Int = 1
  ) -> String {
    let weight = parameter("\(name).weight", [to, from, kernel, kernel], call: call)
    let bias = parameter("\(name).bias", [to], call: call)
    let pad = Int64(kernel / 2 * dilation)
    return add(
      Conv.name, [input, weight, bias],
      ["pads": .ints([pad, pad, pad, pad]), "dilations": .ints([Int64(dilation), Int64(dilation)])])
  }

  private mutating func dense(_ name: String, _ input: String, _ from: Int, _ to: Int, call: Int) -> String {
    let weight = parameter("\(name).weight", [to, from], call: call)
    let bias = parameter("\(name).bias", [to], call: call)
    return add(Gemm.name, [input, weight, bias], ["transB": .int(1)])
  }

  private mutating func finished(inputs: [ValueInfo], outputs: [String]) -> Graph {
    var graph = graph
    graph.nodes = definitions + graph.nodes
    graph.inputs = inputs
    graph.outputs = outputs.map { ValueInfo($0) }
    return graph
  }

  private static func image(_ name: String, side: Int) -> ValueInfo {
    ValueInfo(name, .float32, [.symbolic("N"), .fixed(3), .fixed(side), .fixed(side)])
  }

  /// `count` towers of two convolutions with an addition around a third, each on its own input, and the embedding of
  /// each.
  static func siamese(_ count: Int, _ storage: Storage, seed: UInt64 = 61) -> Graph {
    var towers = Towers(seed: seed, storage)
    var embeddings: [String] = []
    for call in 0..<count {
      let first = towers.add(Relu.name, [towers.convolution("first", "x\(call)", 3, 12, call: call)])
      let inner = towers.add(Relu.name, [towers.convolution("inner", first, 12, 10, call: call)])
      let sum = towers.add(Add.name, [first, towers.convolution("outer", inner, 10, 12, call: call)])
      let means = towers.add(Flatten.name, [towers.add(GlobalAveragePool.name, [sum])])
      let hidden = towers.add(Relu.name, [towers.dense("hidden", means, 12, 9, call: call)])
      embeddings.append(towers.dense("embedding", hidden, 9, 5, call: call))
    }
    return towers.finished(inputs: (0..<count).map { image("x\($0)", side: 6) }, outputs: embeddings)
  }

  /// A head of two convolutions that reads levels of other sizes, what it makes of them in one output. The second reads
  /// maps through other dilations where asked.
  static func sharedHead(
    _ levels: Int, _ storage: Storage, dilations: [Int] = [1, 1, 1], seed: UInt64 = 62
  ) -> Graph {
    var towers = Towers(seed: seed, storage)
    var level = towers.add(Relu.name, [towers.convolution("stem", "input", 3, 8, call: 0)])
    var results: [String] = []
    for call in 0..<levels {
      if call > 0 {
        let next = towers.convolution("level\(call)", level, 8, 8, call: 0)
        level = towers.add(MaxPool.name, [next], ["kernel_shape": .ints([2, 2]), "strides": .ints([2, 2])])
      }
      let hidden = towers.add(Relu.name, [towers.convolution("head", level, 8, 14, call: call)])
      let result = towers.convolution("out", hidden, 14, 4, call: call, dilation: dilations[call])
      results.append(towers.add(Flatten.name, [result]))
    }
    let output = towers.add(Concat.name, results, ["axis": .int(1)])
    return towers.finished(inputs: [image("input", side: 8)], outputs: [output])
  }
}
