import Graph
import Operators
import Tensors

extension Graph {
  /// Lets the nodes that normalise over units of `groups` see those alone that `selection` keeps, every value keeping its shape: what is
  /// kept comes out as of the smaller network, what is dropped as zero.
  ///
  ///     X -> Gather(kept) -> LayerNormalization, scale and B of what is kept -> Gather(back in its place) -> Mul(mask) -> Y
  ///
  /// A mask alone is not what the smaller network computes: its means and variances go over fewer channels. The node in the middle
  /// is the one that surgery leaves, whatever its operator.
  mutating func normalizeOverKept(_ groups: [PruningGroup], keeping selection: [String: [Int]]) {
    let dropped = groups.elementsDropped(keeping: selection)
    var operands: [String: [UnitNormalization.Operand]] = [:]
    for normalization in groups.flatMap(\.normalizations) {
      let own = normalization.operands.filter { dropped[$0.axis] != nil }
      if !own.isEmpty { operands[normalization.node, default: []] += own }
    }
    guard !operands.isEmpty else { return }
    for position in nodes.indices.reversed() {
      guard let node = nodes[position].outputs.first, let own = operands[node] else { continue }
      var part = NarrowedNode(nodes[position])
      for operand in Set(own).sorted(by: { $0.axis < $1.axis }) {
        let left = (0..<operand.size).filter { !dropped[operand.axis]!.contains($0) }
        part.narrow(operand, to: left, in: &self)
      }
      nodes.replaceSubrange(position...position, with: part.nodes)
    }
  }
}

/// A node that is brought to work on a part of its operands.
private struct NarrowedNode {
  private var node: Node
  private var before: [Node] = []
  private var after: [Node] = []

  init(_ node: Node) { self.node = node }

  var nodes: [Node] { before + [node] + after }

  /// Leaves of `operand`, read or made, the elements `left`.
  mutating func narrow(_ operand: UnitNormalization.Operand, to left: [Int], in graph: inout Graph) {
    let value = operand.axis.value
    if node.inputs.contains(value) {
      let part = pick(operand, left, in: &graph)
      node.inputs = node.inputs.map { $0 == value ? part : $0 }
    }
    if let output = node.outputs.firstIndex(of: value) { node.outputs[output] = putBack(operand, left, in: &graph) }
  }

  /// The elements `left` of what is read: taken at once where it is stored.
  private mutating func pick(_ operand: UnitNormalization.Operand, _ left: [Int], in graph: inout Graph) -> String {
    let (source, name) = (operand.axis.value, graph.unusedName("\(operand.axis.value) kept"))
    if let stored = graph.constants[source] {
      graph.constants[name] = stored.taking(left, along: operand.axis.axis)
    } else {
      before.append(gather(source, left, along: operand.axis.axis, as: name, in: &graph))
    }
    return name
  }

  /// What the node makes now; what it made before follows from that, zero where nothing is left.
  private mutating func putBack(_ operand: UnitNormalization.Operand, _ left: [Int], in graph: inout Graph) -> String {
    let target = operand.axis.value
    let (made, spread) = (graph.unusedName("\(target) kept"), graph.unusedName("\(target) spread"))
    let mask = graph.unusedName("\(target) normalised mask")
    var (places, factors) = ([Int](repeating: 0, count: operand.size), [Float](repeating: 0, count: operand.size))
    for (place, element) in left.enumerated() { (places[element], factors[element]) = (place, 1) }
    var shape = [Int](repeating: 1, count: operand.rank - operand.axis.axis)
    shape[0] = operand.size
    graph.constants[mask] = Tensor(shape: Shape(shape), factors)
    after += [
      gather(made, places, along: operand.axis.axis, as: spread, in: &graph),
      Node(Multiply.name, name: target, [spread, mask], [target]),
    ]
    return made
  }

  private func gather(
    _ source: String, _ elements: [Int], along axis: Int, as name: String, in graph: inout Graph
  ) -> Node {
    let places = graph.unusedName("\(name) places")
    graph.constants[places] = Tensor(shape: [elements.count], elements.map(Int64.init))
    return Node(Gather.name, name: name, [source, places], [name], ["axis": .int(Int64(axis))])
  }
}
