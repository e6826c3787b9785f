import EspalierFiles
import EspalierGraph
import EspalierKernels
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
        let encoded = result(of: decoder) == tensor ? [:] : op.encode(tensor, as: call(decoder))
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

  /// `decoder` for its value with the elements `left` of an axis alone: the stored operands lose those of the same axis,
  /// and scales and zero points of an axis go along; `nil` if they do not divide so.
  ///
  /// - Parameter blocks: The number of blocks of the first axis with different elements along `axis`.
  package func shortening(
    _ decoder: StoredDecoder, to left: [Int], along axis: Int, blocks: Int = 1
  ) -> StoredDecoder? {
    guard let rule = (try? OperatorRegistry.parse(call(decoder)))?.op.axes,
      !rule.frozen.contains(where: { $0.axis == PortAxis(.output(0), axis) })
    else { return nil }
    var decoder = decoder
    var isShortened: Set<String> = []
    for tie in rule.ties where tie.to == PortAxis(.output(0), axis) {
      guard case .input(let position) = tie.from.port, let operand = decoder.operands[decoder.node.inputs[position]],
        position == 0 || blocks == 1, tie.block == 1, tie.offset == 0, tie.repetitions == 1
      else { return nil }
      if isShortened.insert(decoder.node.inputs[position]).inserted {
        decoder.operands[decoder.node.inputs[position]] = operand.taking(left, along: tie.from.axis, blocks: blocks)
      }
    }
    return isShortened.contains(decoder.node.inputs[0]) ? decoder : nil
  }

  /// The value that `decoder` makes; `nil` if its operands do not fit it.
  private func result(of decoder: StoredDecoder) -> Tensor? {
    guard let typed = try? OperatorRegistry.parse(call(decoder)), let kernel = try? ReferenceBackend.kernel(typed)
    else {
      return nil
    }
    return kernel.evaluate(typed.constants, giving: typed.outputs).first
  }

  private func call(_ decoder: StoredDecoder) -> Invocation {
    let constants = decoder.node.inputs.map { decoder.operands[$0] }
    return Invocation(
      decoder.node, opset: opsets[decoder.node.op.domain] ?? 0,
      inputs: constants.map { $0.map(TensorType.init(of:)) }, constants: constants)
  }
}
