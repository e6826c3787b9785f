import EspalierFiles
import EspalierTensors
import OrderedCollections

extension Graph {
  /// A checksum of the computation: nodes, inputs, outputs and constants, those of the opaque part and the types that
  /// the file has included, but not documentation.
  ///
  /// Complexity: O(bytes of the constants).
  package var checksum: UInt32 {
    var checksum = Checksum()
    checksum.add(self)
    return checksum.value
  }
}

extension Checksum {
  fileprivate mutating func add(_ graph: Graph) {
    add("graph \(graph.nodes.count)")
    for (domain, version) in graph.opsets.sorted(by: { $0.key < $1.key }) { add("\(domain) \(version)") }
    for value in graph.inputs + graph.outputs { add("\(value.name) \(value.elementType.map(\.rawValue) ?? "any")") }
    add(graph.nodes, graph.constants)
    for (name, type) in graph.storedTypes.sorted(by: { $0.key < $1.key }) { add("\(name) \(type.rawValue)") }
    if let opaque = graph.opaque { add(opaque.nodes, opaque.constants) }
  }

  private mutating func add(_ nodes: [Node], _ constants: OrderedDictionary<String, Tensor>) {
    for node in nodes {
      add("\(node.op) \(node.inputs) \(node.outputs)")
      for (name, attribute) in node.attributes.sorted(by: { $0.key < $1.key }) {
        add(name)
        add(attribute)
      }
    }
    for (name, tensor) in constants.sorted(by: { $0.key < $1.key }) {
      add(name)
      add(tensor)
    }
  }

  private mutating func add(_ attribute: Attribute) {
    switch attribute {
    case .tensor(let tensor): add(tensor)
    case .tensors(let tensors): for tensor in tensors { add(tensor) }
    case .graph(let graph): add(graph)
    case .graphs(let graphs): for graph in graphs { add(graph) }
    case .int, .float, .string, .ints, .floats, .strings, .other: add("\(attribute)")
    }
  }

  private mutating func add(_ tensor: Tensor) {
    add("\(tensor.elementType) \(tensor.shape) \(tensor.strings)")
    add(tensor.storage)
  }
}
