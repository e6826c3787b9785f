import EspalierFiles
import OrderedCollections

extension Graph {
  /// The same network with its nodes that are unknown or have `faults`, and all nodes that depend on them, set aside as
  /// its ``opaque`` part; unchanged if there are none.
  ///
  /// The outputs are those of the network that the other nodes make, and the values that the part reads of them. What
  /// the part computes from constants alone it keeps for itself.
  ///
  /// - Complexity: O(nodes and their inputs).
  package func separatingOpaquePart(faults: [Node: EspalierError] = [:], isKnown: (Node) -> Bool) -> Graph {
    let known = nodes.map { faults[$0] == nil && isKnown($0) }
    guard known.contains(false) else { return self }
    var opaque: Set<String> = []
    let isOpaque = zip(nodes, known).map { node, known in
      guard !known || !node.readValues.isDisjoint(with: opaque) else { return false }
      opaque.formUnion(node.outputs.filter { !$0.isEmpty })
      return true
    }
    let constant = valuesOfConstantsAlone(among: zip(nodes, isOpaque).filter { !$1 }.map(\.0))
    var (needed, neededInFront): (Set<String>, Set<String>) = ([], Set(outputs.map(\.name)))
    var (part, front): ([Node], [Node]) = ([], [])
    for (node, isOpaque) in zip(nodes, isOpaque).reversed() {
      let isKept = isOpaque || node.outputs.contains { needed.contains($0) && constant.contains($0) }
      if isKept {
        part.append(node)
        needed.formUnion(node.readValues)
      }
      if !isOpaque, !isKept || !neededInFront.isDisjoint(with: node.outputs) {
        front.append(node)
        neededInFront.formUnion(node.readValues)
      }
    }
    (part, front) = (part.reversed(), front.reversed())
    let unknown = Set(zip(nodes, known).filter { !$1 }.map(\.0))
    return separated(front: front, part: part, reading: needed, unknown: unknown, faults)
  }

  /// The whole network again, its known part as it is now.
  ///
  /// Where the known part stores or makes a value of a name that its opaque part has too, its own is renamed, unless
  /// both are constants and equal.
  package var whole: Graph {
    guard let opaque else { return self }
    var names = NameTable(of: self)
    let own = Set(constants.keys).union(nodes.flatMap(\.outputs))
    let shared = opaque.constants.filter { constants[$0.key] == $0.value }.keys
    let clashes = own.intersection(opaque.names).subtracting(shared)
    let fresh = Dictionary(uniqueKeysWithValues: clashes.sorted().map { ($0, names.take($0)) })
    var graph = renamed { fresh[$0] ?? $0 }
    graph.opaque = nil
    graph.nodes += opaque.nodes
    graph.constants.merge(opaque.constants) { own, _ in own }
    graph.remarks.merge(opaque.remarks) { own, _ in own }
    graph.storedTypes.merge(storedTypes.filter { opaque.names.contains($0.key) }) { own, _ in own }
    graph.intermediates += opaque.intermediates
    let read = Set(opaque.nodes.flatMap(\.readValues))
    let (inputs, outputs) = (graph.inputs.byName, graph.outputs.byName)
    graph.inputs = opaque.inputs.compactMap { inputs[$0.name] ?? (read.contains($0.name) ? $0 : nil) }
    graph.outputs = opaque.outputs.map { outputs[$0.name] ?? $0 }
    return graph
  }

  private func separated(
    front: [Node], part: [Node], reading needed: Set<String>, unknown: Set<Node>, _ faults: [Node: EspalierError]
  ) -> Graph {
    let made = Set(part.flatMap(\.outputs))
    var graph = self
    graph.nodes = front
    let makes = Set(front.flatMap(\.outputs))
    let frontReads = Set(front.flatMap(\.readValues))
    let results = Set(outputs.map(\.name))
    let boundary = front.flatMap(\.outputs).filter {
      needed.contains($0) && !made.contains($0) && !results.contains($0)
    }
    let declared = (inputs + outputs + intermediates).byName
    graph.outputs =
      outputs.filter { makes.contains($0.name) || !made.contains($0.name) }
      + boundary.map { declared[$0] ?? ValueInfo($0, nil) }
    let isRead = frontReads.union(graph.outputs.map(\.name))
    graph.constants = constants.filter { isRead.contains($0.key) }
    graph.remarks = remarks.filter { graph.constants[$0.key] != nil }
    graph.inputs = inputs.filter { isRead.contains($0.name) || !needed.contains($0.name) }
    graph.intermediates = intermediates.filter { makes.contains($0.name) }
    graph.opaque = OpaquePart(
      nodes: part, constants: constants.filter { needed.contains($0.key) },
      remarks: remarks.filter { needed.contains($0.key) },
      intermediates: intermediates.filter { made.contains($0.name) && !makes.contains($0.name) },
      inputs: inputs, outputs: outputs, causes: causes(unknown, faults, among: part),
      readers: readers(among: part, of: makes.subtracting(made)))
    return graph
  }

  /// The unknown nodes that depend on no other.
  private func causes(
    _ unknown: Set<Node>, _ faults: [Node: EspalierError], among part: [Node]
  ) -> [OpaquePart.Cause] {
    var after: Set<String> = []
    return part.compactMap { node in
      guard after.isDisjoint(with: node.readValues) else {
        after.formUnion(node.outputs)
        return nil
      }
      guard unknown.contains(node) else { return nil }
      after.formUnion(node.outputs.filter { !$0.isEmpty })
      return OpaquePart.Cause(node: node.label, op: node.op, error: faults[node])
    }
  }

  /// For each of `values` that a node of `part` reads, the first that does.
  private func readers(among part: [Node], of values: Set<String>) -> [String: OpaquePart.Cause] {
    var readers: [String: OpaquePart.Cause] = [:]
    for node in part {
      for value in node.readValues where values.contains(value) && readers[value] == nil {
        readers[value] = OpaquePart.Cause(node: node.label, op: node.op)
      }
    }
    return readers
  }

  /// The values that `nodes` compute from constants, or from nothing.
  private func valuesOfConstantsAlone(among nodes: [Node]) -> Set<String> {
    var known = Set(constants.keys).subtracting(feeds.map(\.name))
    var found: Set<String> = []
    for node in nodes where node.readValues.isSubset(of: known) {
      found.formUnion(node.outputs)
      known.formUnion(node.outputs)
    }
    return found
  }
}

extension Node {
  /// The values that the node reads, those that its subgraphs capture included.
  var readValues: Set<String> { Set(inputs).subtracting([""]).union(capturedValues) }
}

extension [ValueInfo] {
  fileprivate var byName: [String: ValueInfo] { Dictionary(map { ($0.name, $0) }) { first, _ in first } }
}
