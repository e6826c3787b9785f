import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierTensors

extension Graph {
  /// The decoder of the value that `node` makes, if the file stores it in a narrower type: its operator must be a
  /// ``DecodingOperator`` whose inputs are stored.
  package func decoder(_ node: Node) -> StoredDecoder? {
    guard let op = OperatorRegistry.find(node.op) as? any DecodingOperator.Type else { return nil }
    var operands: [String: Tensor] = [:]
    for name in node.inputs where !name.isEmpty {
      guard let tensor = constants[name] else { return nil }
      operands[name] = tensor
    }
    guard let source = node.inputs.first, let tensor = operands[source],
      !tensor.elementType.isFloatingPoint || storedTypes[source]?.isHalfPrecision == true
    else { return nil }
    let decoder = StoredDecoder(node, operands: operands)
    return op.decodes(call(decoder)) ? decoder : nil
  }

  /// The same network in which constants that the file computes from narrower ones are computed so again, wherever
  /// those can represent them.
  ///
  /// - Complexity: linear in the elements of these constants, times the number of channels with scales of their own.
  package func restoringDecoders() -> Graph {
    guard !decoders.isEmpty else { return self }
    var graph = self
    graph.decoders = [:]
    var names = NameTable(of: self)
    var restored: [Node] = []
    for (value, decoder) in decoders.sorted(by: { $0.key < $1.key }) {
      guard let tensor = constants[value],
        let op = OperatorRegistry.find(decoder.node.op) as? any DecodingOperator.Type,
        let encoded = op.encode(tensor, as: call(decoder))
      else { continue }
      var node = decoder.node
      for (position, name) in node.inputs.enumerated() {
        guard let operand = encoded[position] ?? decoder.operands[name] else { continue }
        if graph.constants[name] == operand { continue }
        if opaque?.constants[name] == operand, graph.constants[name] == nil {
          graph.constants[name] = operand
          continue
        }
        node.inputs[position] = names.take(name)
        graph.constants[node.inputs[position]] = operand
        graph.storedTypes[node.inputs[position]] = storedTypes[name]
      }
      graph.constants[value] = nil
      graph.inputs.removeAll { $0.name == value }
      restored.append(node)
    }
    graph.nodes = restored + graph.nodes
    return graph
  }

  private func call(_ decoder: StoredDecoder) -> Invocation {
    let constants = decoder.node.inputs.map { decoder.operands[$0] }
    return Invocation(
      decoder.node, opset: opsets[decoder.node.op.domain] ?? 0,
      inputs: constants.map { $0.map(TensorType.init(of:)) }, constants: constants)
  }
}
