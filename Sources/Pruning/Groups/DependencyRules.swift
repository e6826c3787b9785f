import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierOperators

/// The axis rules of all nodes of a graph.
struct DependencyRules {
  /// The axis rules of one node.
  struct NodeRule {
    /// The node.
    let node: Node
    /// Its rule.
    var axes: AxisRule
    /// The positions of the computed inputs: only these are branches.
    let computed: Set<Int>

    /// The name of the node in messages.
    var culprit: String { "\(node.fileOperator) \"\(node.label)\"" }
  }

  /// The types the graph was analysed with.
  let types: [String: TensorType]
  /// The numbers of the elements of all axes.
  private(set) var numbering = ElementNumbering([:], blocked: [])
  /// The axis rules of each node that has any.
  private(set) var rules: [NodeRule] = []
  /// The axes that are frozen whatever the rules of nodes say.
  private(set) var frozen: [(axis: ValueAxis, reason: FrozenReason)] = []
  /// The axes of products of two computed values, as in attention.
  private(set) var attended: Set<ValueAxis> = []
  /// Those among them along which such a product is many products, one for each head.
  private(set) var heads: Set<ValueAxis> = []
  /// Each product of two computed values.
  private(set) var products: [WeightedContraction] = []
  /// Each contraction with stored weights, with the values it acts on.
  private(set) var contractions: [WeightedContraction] = []

  /// Queries the operators of `graph` for inputs of these types.
  ///
  /// - Throws: `EspalierError` if an operator is unknown, shapes do not fit, a node has no output, or axes have too
  ///   many elements.
  init(_ graph: Graph, feeds: [String: TensorType]) throws(EspalierError) {
    let inference = try TypeInference(graph, feeds: feeds)
    types = inference.types
    for input in graph.feeds {
      freeze(input.name, .init(culprit: "input \"\(input.name)\"", reason: "is fed from outside"), types)
    }
    for output in graph.outputs {
      let reason =
        graph.opaque?.readers[output.name].map {
          FrozenReason(culprit: "\($0)", reason: "reads it, and has no meaning here")
        } ?? FrozenReason(culprit: "output \"\(output.name)\"", reason: "is what the network is for")
      freeze(output.name, reason, types)
    }
    var blocks = BlockedWeights()
    for typed in inference.nodes {
      let node = typed.node
      guard !node.outputs.allSatisfy(\.isEmpty) else {
        throw typed.error("has no output", remedy: "remove it from the network")
      }
      let culprit = "\(node.fileOperator) \"\(node.label)\""
      guard let rule = typed.op.axes, blocks.add(rule, of: node) else {
        let reason = FrozenReason(culprit: culprit, reason: "has no rule for its axes")
        for value in node.inputs + node.outputs where !value.isEmpty { freeze(value, reason, types) }
        continue
      }
      if let tile = typed.op as? Tile, graph.constants[node.inputs.dropFirst().first ?? ""] == nil {
        let reason = FrozenReason(culprit: culprit, reason: "repeats it as often as sizes that it computes say")
        frozen += tile.repeatedAxes.map { (ValueAxis(node.outputs[0], $0), reason) }
      }
      let computed = node.inputs.indices.filter { typed.constants[$0] == nil }
      rules.append(NodeRule(node: node, axes: rule, computed: Set(computed)))
      heads.formUnion(rule.heads.map(node.value))
      if let product = rule.summed.flatMap({ WeightedContraction($0, of: typed) }) { products.append(product) }
      if rule.multipliesValues, let shape = typed.outputs.first?.shape {
        attended.formUnion(shape.indices.map { ValueAxis(node.outputs[0], $0) })
      }
      for contraction in rule.contractions {
        let weighted = WeightedContraction(contraction, of: typed)
        if let weighted { contractions.append(weighted) }
        if weighted.flatMap({ graph.constants[$0.weight.value] }) == nil {
          frozen.append(
            (
              node.value(contraction.activation),
              .init(culprit: culprit, reason: "multiplies it by weights that are not stored")
            ))
        }
      }
    }
    try Self.checkElementCount(types, stored: graph.constants.values.reduce(0) { $0 + $1.byteCount })
    numbering = ElementNumbering(types, blocked: blocks.axes)
    freezeWhatIsCutOtherwise()
    let readers = graph.consumers()
    for index in contractions.indices { contractions[index].adoptFollowUps(in: graph, readers, types) }
  }

  /// The largest number of axis elements that are tracked, at some 32 bytes each, in a network that stores `stored`
  /// bytes: small files must not take much memory.
  private static func mostElements(stored: Int) -> Int { (1 << 22) + stored / 8 }

  private static func checkElementCount(_ types: [String: TensorType], stored: Int) throws(EspalierError) {
    let mostElements = mostElements(stored: stored)
    let longest = types.mapValues { $0.shape.max() ?? 0 }.max { ($0.value, $1.key) < ($1.value, $0.key) }
    let count = types.values.reduce(0) { $0 + $1.shape.reduce(0) { $0 + Double($1) } }
    guard count > Double(mostElements), let longest else { return }
    throw EspalierError(
      .model, "value \"\(longest.key)\"",
      "has an axis of \(longest.value) elements, and dependencies are followed for \(mostElements) in a network with "
        + "\(stored) bytes of weights")
  }

  private mutating func freeze(_ value: String, _ reason: FrozenReason, _ types: [String: TensorType]) {
    for axis in types[value]?.shape.indices ?? 0..<0 { frozen.append((ValueAxis(value, axis), reason)) }
  }

  /// The same rules with a choice made for the regroupings of each node (``AxisRule/choosing(_:)``).
  func choosing(_ free: [[Set<Int>]]) -> DependencyRules {
    var result = self
    for (position, free) in free.enumerated() { result.rules[position].axes = rules[position].axes.choosing(free) }
    return result
  }

  /// Freezes weights that different nodes divide into different blocks: they share no elements that could be removed.
  private mutating func freezeWhatIsCutOtherwise() {
    for rule in rules where !rule.ties.allSatisfy({ numbering.range(of: $0) != nil }) {
      let reason = FrozenReason(
        culprit: rule.culprit, reason: "reads weights that a grouped convolution cuts into blocks")
      for value in rule.node.inputs + rule.node.outputs where !value.isEmpty { freeze(value, reason, types) }
    }
    rules.removeAll { !$0.ties.allSatisfy { numbering.range(of: $0) != nil } }
  }
}

extension DependencyRules.NodeRule {
  /// All axes that may be tied.
  fileprivate var ties: [ValueAxis] {
    axes.ties.flatMap { [node.value($0.from), node.value($0.to)] }
  }
}

/// The axes of weights that are counted in blocks.
private struct BlockedWeights {
  private(set) var axes: Set<ValueAxis> = []
  private var blocks: [String: Int] = [:]

  /// Adds the rules of a node; `false` if another node divides the same weights into other blocks.
  mutating func add(_ rule: AxisRule, of node: Node) -> Bool {
    for axis in rule.ties.flatMap({ [$0.from, $0.to] }).map(node.value) where axis.blocks > 1 {
      guard blocks[axis.value, default: axis.blocks] == axis.blocks else { return false }
      blocks[axis.value] = axis.blocks
      axes.insert(axis)
    }
    return true
  }
}

extension Node {
  /// The value axis for `axis` of one of this node's ports.
  func value(_ axis: PortAxis) -> ValueAxis {
    switch axis.port {
    case .input(let position): ValueAxis(inputs[position], axis.axis, blocks: axis.blocks)
    case .output(let position): ValueAxis(outputs[position], axis.axis, blocks: axis.blocks)
    }
  }
}
