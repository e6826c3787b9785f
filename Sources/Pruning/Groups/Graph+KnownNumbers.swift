import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierOperators
import EspalierTensors

extension Graph {
  /// The same network in which a number that data are computed with, and that follows from shapes alone, is stored.
  ///
  /// Exporters write the scale of attention, `1 / sqrt(d)`, as arithmetic on the shape of the keys. With fewer channels
  /// that would be another number, and the pruned network would not equal the dense one with channels masked. Whole
  /// numbers stay as they are: shapes follow from them. So do numbers that other sizes of the inputs would change.
  ///
  /// - Throws: `EspalierError` if an operator is unknown or shapes do not fit.
  /// - Complexity: two type inferences, none in a network that reads no shape.
  func storingKnownNumbers() throws(EspalierError) -> Graph {
    guard nodes.contains(where: { $0.op == ShapeOf.name || $0.op == SizeOf.name }) else { return self }
    let types = try feedTypes(batch: 2)
    let others = otherFeedTypes(than: types, batch: 3)
    guard types != others || feeds.allSatisfy({ $0.dimensions?.allSatisfy { $0.size != nil } ?? false }),
      let known = try? TypeInference(self, feeds: types).constants,
      let knownOtherwise = try? TypeInference(self, feeds: others).constants
    else { return self }
    func number(_ name: String) -> Tensor? {
      guard constants[name] == nil, let value = known[name], value.count == 1, value.elementType == .float32,
        knownOtherwise[name] == value
      else { return nil }
      return value
    }
    var stored: [String: String] = [:]
    var builder = GraphBuilder(rewriting: self)
    for var node in nodes {
      if node.outputs.contains(where: { known[$0] == nil }) {
        for (position, name) in node.inputs.enumerated() {
          guard let value = number(name) else { continue }
          let own = stored[name] ?? builder.store(value, as: "\(name) stored")
          (stored[name], node.inputs[position]) = (own, own)
        }
      }
      builder.append(node)
    }
    return stored.isEmpty ? self : builder.graph.withoutUnread(among: Set(stored.keys))
  }

  /// The same network without the nodes that make these values, where nothing reads them any more, and without those
  /// that only such nodes read.
  private func withoutUnread(among values: Set<String>) -> Graph {
    var graph = self
    var unread = values
    let results = Set(outputs.map(\.name))
    for (position, node) in nodes.enumerated().reversed() where !unread.isDisjoint(with: node.outputs) {
      let read = Set(graph.nodes.flatMap { $0.inputs + Array($0.capturedValues) }).union(results)
      guard read.isDisjoint(with: node.outputs) else { continue }
      graph.nodes.remove(at: position)
      unread.formUnion(node.inputs)
    }
    return graph
  }
}
