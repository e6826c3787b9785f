import EspalierFiles
import EspalierTensors

extension Graph {
  /// A checksum of the computation: nodes, inputs, outputs and constants, but not documentation.
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
    for node in graph.nodes {
      add("\(node.op) \(node.inputs) \(node.outputs)")
      for (name, attribute) in node.attributes.sorted(by: { $0.key < $1.key }) {
        add(name)
        add(attribute)
      }
    }
    for (name, tensor) in graph.constants.sorted(by: { $0.key < $1.key }) {
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
    add(tensor.bytes)
  }
}
