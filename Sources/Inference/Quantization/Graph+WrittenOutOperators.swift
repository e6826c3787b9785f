import EspalierGraph
import EspalierOperators
import EspalierTensors

extension Graph {
  /// The same network in which layers of whole numbers are layers of the real numbers that these stand for:
  ///
  ///     QLinearConv(x, w, b)  ->  QuantizeLinear(Conv(DequantizeLinear(x), DequantizeLinear(w), DequantizeLinear(b)))
  ///     Mul(Cast(MatMulInteger(x, w)), scale)  ->  MatMul(DequantizeLinear(x), DequantizeLinear(w))
  ///
  /// So they are pruned like any others. A node whose scales are computed, or that has no such form, stays.
  /// ``joiningWholeNumberOperators()`` is the inverse.
  ///
  /// - Complexity: O(nodes).
  package func writingOutWholeNumberOperators() -> Graph {
    guard nodes.contains(where: { Self.isOfWholeNumbers($0) }) else { return self }
    var writer = WholeNumberWriter(self)
    for position in nodes.indices { writer.write(position) }
    return writer.builder.graph
  }

  /// Whether the operator of `node` computes with whole numbers that stand for others.
  package static func isOfWholeNumbers(_ node: Node) -> Bool {
    let op = OperatorRegistry.find(node.op)
    return op is any QuantizedOperator.Type || op is any IntegerProduct.Type
  }
}

/// Writes the nodes of a graph again, those of whole numbers in terms of real ones.
private struct WholeNumberWriter {
  private(set) var builder: GraphBuilder
  private let graph: Graph
  private let patterns: [Int: DynamicProduct]
  private let absorbed: Set<Int>
  /// The real numbers of computed values, by value, scale and zero point.
  private var decoded: [[String]: String] = [:]

  init(_ graph: Graph) {
    self.graph = graph
    builder = GraphBuilder(rewriting: graph)
    patterns = DynamicProduct.all(in: graph)
    absorbed = Set(patterns.values.flatMap(\.absorbed))
  }

  mutating func write(_ position: Int) {
    let node = graph.nodes[position]
    if let pattern = patterns[position] { return write(pattern) }
    if absorbed.contains(position) { return }
    if let op = OperatorRegistry.find(node.op) as? any QuantizedOperator.Type, write(node, op) { return }
    builder.append(node)
  }

  /// The numbers that the whole ones `source` stand for: quantity, scale and zero point.
  private mutating func decode(_ source: [String], axis: Int) -> String {
    let isStored = graph.constants[source[0]] != nil
    if !isStored, let known = decoded[source] { return known }
    let isVector = builder.graph.constants[source[1]].map { $0.count > 1 } ?? false
    let name = source[0].hasSuffix("_quantized") ? String(source[0].dropLast(10)) : "\(source[0]) dequantized"
    let value = builder.add(
      DequantizeLinear.name, source, isVector ? ["axis": .int(Int64(axis))] : [:], output: name)
    if !isStored { decoded[source] = value }
    return value
  }

  private mutating func write(_ node: Node, _ op: any QuantizedOperator.Type) -> Bool {
    let places = op.operands(of: node)
    let isRounded = places.result < node.inputs.count && !node.inputs[places.result].isEmpty
    let result = isRounded ? graph.scaled(node, at: places.result - 1) : []
    guard isRounded || places.isResultOptional, op.canBeWrittenOut(node, opset: graph.opsets[""] ?? 0),
      node.outputs.count == 1, let result,
      result.isEmpty || result.count == 3 && graph.constants[result[1]]?.count == 1
    else { return false }
    var (sources, scales): ([(names: [String], axis: Int)], [Tensor]) = ([], [])
    for operand in places.values {
      switch operand {
      case .plain(let position):
        guard node.inputs.indices.contains(position) else { return false }
        sources.append(([node.inputs[position]], 0))
      case .quantized(let position, let axis):
        guard let names = graph.scaled(node, at: position), let scale = graph.constants[names[1]],
          scale.isScale(of: graph.constants[names[0]], axis: axis)
        else { return false }
        sources.append((names, axis))
        scales.append(scale)
      }
    }
    var addend: (name: String, scale: Tensor)?
    if let place = places.bias, place < node.inputs.count, !node.inputs[place].isEmpty {
      guard let bias = graph.constants[node.inputs[place]], let scale = Self.product(scales, node),
        scale.count == 1 || bias.shape == scale.shape
      else { return false }
      addend = (node.inputs[place], scale)
    }
    var inputs = sources.map { $0.names.count == 1 ? $0.names[0] : decode($0.names, axis: $0.axis) }
    if let addend {
      let scale = builder.store(addend.scale, as: "\(addend.name) scale")
      inputs.append(decode([addend.name, scale], axis: 0))
    }
    let value = isRounded ? builder.unusedName("\(node.outputs[0]) unrounded") : node.outputs[0]
    let function = Node(op.function, name: node.label, inputs, [value], node.attributes)
    builder.append(WrittenOutMark(node.op, names: isRounded ? [value] : []).mark(function))
    if isRounded {
      builder.append(Node(QuantizeLinear.name, name: node.outputs[0], [value] + result.dropFirst(), node.outputs))
    }
    return true
  }

  /// The scale of the addend of a product: those of both factors multiplied, and the product's own factor.
  private static func product(_ scales: [Tensor], _ node: Node) -> Tensor? {
    guard scales.count == 2, let first = scales[0].floats(), first.count == 1, let second = scales[1].floats() else {
      return nil
    }
    let alpha = if case .float(let alpha)? = node.attributes["alpha"] { alpha } else { Float(1) }
    let numbers = second.map { alpha * first[0] * $0 }
    return Tensor(shape: numbers.count == 1 ? [] : [numbers.count], numbers)
  }

  private mutating func write(_ pattern: DynamicProduct) {
    let activation = decode(pattern.activation, axis: 0)
    let weights = decode(pattern.weights, axis: pattern.axis)
    let layer = Node(
      pattern.function, name: pattern.product.label, [activation, weights], [pattern.result],
      pattern.product.attributes)
    builder.append(WrittenOutMark(pattern.product.op, names: pattern.names).mark(layer))
  }
}

extension Tensor {
  /// Whether these are scales of `tensor`, `nil` if that is computed: one for all, or for stored numbers one for each
  /// index of `axis`.
  fileprivate func isScale(of tensor: Tensor?, axis: Int) -> Bool {
    guard shape.rank < 2 else { return false }
    if count == 1 { return true }
    return tensor.flatMap { $0.shape.resolve(axis: axis).map { [shape] in tensor?.shape[$0] == shape[0] } } ?? false
  }
}

extension Graph {
  /// The names of the value at `position` of `node`'s inputs, of its scale and, if there is one, of its zero point, if
  /// their numbers agree and the scale is stored; at -1 the first name is empty.
  fileprivate func scaled(_ node: Node, at position: Int) -> [String]? {
    guard node.inputs.count > position + 1, let scale = constants[node.inputs[position + 1]] else { return nil }
    let value = position < 0 ? "" : node.inputs[position]
    guard node.inputs.count > position + 2, !node.inputs[position + 2].isEmpty else {
      return [value, node.inputs[position + 1]]
    }
    guard let zero = constants[node.inputs[position + 2]], zero.count == scale.count else { return nil }
    return [value, node.inputs[position + 1], node.inputs[position + 2]]
  }
}
