import EspalierGraph
import EspalierOperators
import EspalierTensors

extension Graph {
  /// The inverse of ``writingOutWholeNumberOperators()``, where weights are computed from whole numbers again
  /// (``restoringDecoders()``). A layer whose weights are not stays one of real numbers, between its scales.
  ///
  /// - Complexity: O(nodes).
  package func joiningWholeNumberOperators() -> Graph {
    guard nodes.contains(where: { WrittenOutMark(on: $0) != nil }) else { return self }
    var joiner = WholeNumberJoiner(self)
    var graph = self
    graph.nodes = nodes.flatMap { joiner.join($0) }
    return graph.removingWhatNobodyReads(since: self)
  }
}

/// Puts written out nodes together again.
private struct WholeNumberJoiner {
  private let makers: [String: Node]
  private let readers: [String: [Node]]
  private var names: NameTable
  /// The nodes in place of those that quantise results, by result.
  private var replaced: [String: Node] = [:]

  init(_ graph: Graph) {
    makers = Dictionary(graph.nodes.map { ($0.outputs.first ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    readers = graph.consumers().mapValues { $0.map { graph.nodes[$0] } }
    names = NameTable(of: graph)
  }

  /// The nodes in place of `node`.
  mutating func join(_ node: Node) -> [Node] {
    if let whole = replaced[node.outputs.first ?? ""] { return [whole] }
    guard let mark = WrittenOutMark(on: node) else { return [node] }
    let plain = WrittenOutMark.unmark(node)
    switch OperatorRegistry.find(mark.op) {
    case is any IntegerProduct.Type:
      guard let activation = decoder(node.inputs[0]), let weights = decoder(node.inputs[1]), activation.count == 3
      else { return [plain] }
      return DynamicProduct.nodes(mark, reading: activation, weights, for: plain, &names)
    case let op as any QuantizedOperator.Type:
      guard !mark.names.isEmpty else { return [whole(plain, mark.op, op, nil) ?? plain] }
      guard let reader = readers[node.outputs[0]]?.first, reader.op == QuantizeLinear.name,
        let whole = whole(plain, mark.op, op, reader)
      else { return [plain] }
      replaced[reader.outputs[0]] = whole
      return []
    default: return [plain]
    }
  }

  /// The inputs of the node that makes `value` from whole numbers.
  private func decoder(_ value: String) -> [String]? {
    guard let maker = makers[value], maker.op == DequantizeLinear.name else { return nil }
    return maker.inputs.filter { !$0.isEmpty }
  }

  /// The one node that stands for `function` and, if its result is quantised, `quantizer`.
  private func whole(
    _ function: Node, _ name: OperatorName, _ op: any QuantizedOperator.Type, _ quantizer: Node?
  ) -> Node? {
    var node = function
    node.op = name
    // Operators with any number of operands state the places of as many as there are inputs.
    node.inputs = Array(repeating: "", count: 2 + 3 * function.inputs.count)
    let places = op.operands(of: node)
    let last = (places.values.map(\.lastPlace) + [places.bias ?? 0, places.result + 1]).max() ?? 0
    node.inputs = Array(repeating: "", count: last + 1)
    for (input, operand) in zip(function.inputs, places.values) {
      switch operand {
      case .plain(let place): node.inputs[place] = input
      case .quantized(let place, _):
        guard let source = decoder(input) else { return nil }
        node.inputs.replaceSubrange(place..<place + source.count, with: source)
      }
    }
    if let bias = places.bias, function.inputs.count > places.values.count {
      guard let source = decoder(function.inputs[places.values.count]) else { return nil }
      node.inputs[bias] = source[0]
    }
    if let quantizer {
      node.outputs = quantizer.outputs
      node.inputs.replaceSubrange(places.result..<places.result + 2, with: quantizer.inputs[1...2])
    }
    while node.inputs.last == "" { node.inputs.removeLast() }
    return node
  }
}

extension QuantizedOperands.Operand {
  /// The last input that belongs to the operand.
  fileprivate var lastPlace: Int { if case .plain = self { place } else { place + 2 } }
}
