import EspalierGraph
import EspalierPruning
import EspalierTensors
import Testing

/// Nodes that are woven in stand where a plain search puts them, over many small graphs.
struct WeavingTests {
  @Test(arguments: 0..<50) func weavingEqualsThePlainSearch(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    func below(_ count: Int) -> Int { Int(generator.uniform() * Double(count)) }
    let nodes = (0..<8).map { Node("Neg", [$0 == 0 ? "x" : "v\(below($0))"], ["v\($0)"]) }
    let network = Graph(nodes: nodes, inputs: [ValueInfo("x")], constants: ["c": Tensor(scalar: Float(1))])
    let sources = ["x", "c", "", "missing"] + nodes.flatMap(\.outputs)
    // Nodes of one part may read what the other makes, in any order.
    let parts = (0..<2).map { part in
      Graph(
        nodes: (0..<6).map { number in
          let inputs = (0..<2).map { _ in
            below(3) == 0 ? "a\(below(2))/\(below(6))" : sources[below(8) == 0 ? below(4) : 4 + below(8)]
          }
          return Node("Add", inputs, ["a\(part)/\(number)"])
        }, constants: ["stored \(part)": Tensor(scalar: Float(part))])
    }
    let woven = network.weaving(parts)
    #expect(woven.nodes == plainlyWoven(network, parts.flatMap(\.nodes)))
    #expect(Array(woven.constants.keys) == ["c", "stored 0", "stored 1"])
  }

  /// After each node, again and again the first of those added that has all it reads.
  private func plainlyWoven(_ network: Graph, _ added: [Node]) -> [Node] {
    var (result, waiting): ([Node], [Node]) = ([], added)
    var available = Set(network.constants.keys).union(network.inputs.map(\.name))
    for node in [nil] + network.nodes.map(Optional.some) {
      if let node {
        result.append(node)
        available.formUnion(node.outputs)
      }
      while let next = waiting.firstIndex(where: { $0.inputs.allSatisfy { $0.isEmpty || available.contains($0) } }) {
        result.append(waiting.remove(at: next))
        available.formUnion(result.last!.outputs)
      }
    }
    return result
  }
}
