import EspalierGraph
import EspalierOperators
import EspalierTensors

extension Graph {
  /// The same network in which each recurrent layer whose W and R are stored is a product with W and a
  /// ``GateRecurrence``: so the product is a layer like any other, whose inputs and outputs can be pruned.
  ///
  ///     LSTM(X, W, R, ..) = GateRecurrence(MatMul(X, W^T), R, ..)
  ///
  /// The matrix of the product is stored under the name of W. ``joiningRecurrentInputs()`` is the inverse.
  package func projectingRecurrentInputs() -> Graph {
    guard nodes.contains(where: { Self.cell($0) != nil }) else { return self }
    var builder = GraphBuilder(rewriting: self)
    var matrices: [String: String] = [:]
    let zeros = ZeroValues(self)
    for node in nodes {
      guard let cell = Self.cell(node), node.inputs.count > 2, let w = constants[node.inputs[1]], w.shape.rank == 3,
        w.elementType == .float32, constants[node.inputs[2]]?.shape.rank == 3
      else {
        builder.append(node)
        continue
      }
      let matrix =
        matrices[node.inputs[1]]
        ?? builder.store(
          w.reshaped([w.shape[0] * w.shape[1], w.shape[2]]).transposed, as: "\(node.inputs[1]) by columns")
      matrices[node.inputs[1]] = matrix
      // Exporters end the name of a module's node in that of its operator.
      let label =
        node.label.hasSuffix("/\(cell.rawValue)") ? String(node.label.dropLast(cell.rawValue.count + 1)) : node.label
      let gates = builder.add(MatMul.name, name: label, [node.inputs[0], matrix], output: "\(node.label) gates")
      var recurrence = node
      recurrence.op = GateRecurrence.name
      recurrence.inputs = [gates] + node.inputs.dropFirst(2)
      // States of zeros are the standard's own: they need not follow what is removed.
      for position in [4, 5] where position < recurrence.inputs.count && zeros.holds(recurrence.inputs[position]) {
        recurrence.inputs[position] = ""
      }
      recurrence.attributes["cell"] = .string(cell.rawValue)
      builder.append(recurrence)
    }
    var graph = builder.graph
    graph.opsets["espalier"] = 1
    graph.removeUnread(among: matrices.keys)
    return graph
  }

  /// Removes those of the constants `names` that nobody reads, and nodes that nobody needs any more, with their
  /// constants.
  private mutating func removeUnread(among names: some Sequence<String>) {
    let before = Set(nodes.flatMap(\.inputs))
    var read = Set(outputs.map(\.name))
    var kept: [Node] = []
    for node in nodes.reversed() where node.outputs.contains(where: read.contains) || node.outputs.isEmpty {
      kept.append(node)
      read.formUnion(node.inputs)
      read.formUnion(node.capturedValues)
    }
    nodes = kept.reversed()
    for name in before.union(names) where constants[name] != nil && !read.contains(name) {
      constants[name] = nil
      inputs.removeAll { $0.name == name }
    }
  }

  /// The inverse of ``projectingRecurrentInputs()``.
  package func joiningRecurrentInputs() -> Graph {
    guard nodes.contains(where: { $0.op == GateRecurrence.name }) else { return self }
    let makers = Dictionary(nodes.map { ($0.outputs.first ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    var builder = GraphBuilder(rewriting: self)
    var weights: [String: String] = [:]
    for node in nodes {
      guard node.op == GateRecurrence.name, case .string(let cell)? = node.attributes["cell"],
        let product = makers[node.inputs[0]], product.inputs.count == 2, let matrix = constants[product.inputs[1]],
        let r = constants[node.inputs[1]]
      else {
        builder.append(node)
        continue
      }
      let w = matrix.transposed.reshaped([r.shape[0], r.shape[1], matrix.shape[0]])
      let source = product.inputs[1]
      let name =
        weights[source] ?? builder.store(w, as: String(source.dropLast(source.hasSuffix(" by columns") ? 11 : 0)))
      weights[source] = name
      var layer = node
      layer.op = OperatorName(cell)
      layer.attributes["cell"] = nil
      layer.inputs = [product.inputs[0], name] + node.inputs.dropFirst()
      builder.append(layer)
    }
    var graph = builder.graph
    graph.removeUnread(among: weights.keys)
    if opsets["espalier"] == 1 { graph.opsets["espalier"] = nil }
    return graph
  }

  private static func cell(_ node: Node) -> RecurrentCell? {
    node.op.domain.isEmpty ? RecurrentCell(rawValue: node.op.type) : nil
  }
}

/// The values of a graph that are zeros whatever its inputs, as exporters write initial states.
private struct ZeroValues {
  /// Operators that only move or repeat the elements of their first input.
  private static let moves: Set = [
    "Identity", "Slice", "Expand", "Reshape", "Squeeze", "Unsqueeze", "Transpose", "Tile",
  ]
  private let makers: [String: Node]
  private let constants: [String: Tensor]

  init(_ graph: Graph) {
    makers = Dictionary(graph.nodes.map { ($0.outputs.first ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    constants = Dictionary(uniqueKeysWithValues: graph.constants.map { ($0.key, $0.value) })
  }

  func holds(_ value: String) -> Bool {
    var value = value
    while constants[value] == nil {
      guard let maker = makers[value], maker.op.domain.isEmpty else { return false }
      if maker.op.type == "ConstantOfShape" {
        guard case .tensor(let element)? = maker.attributes["value"] else { return maker.attributes["value"] == nil }
        return element.floats() == [0]
      }
      guard Self.moves.contains(maker.op.type), let source = maker.inputs.first else { return false }
      value = source
    }
    return constants[value]?.floats()?.allSatisfy { $0 == 0 } ?? false
  }
}

extension Tensor {
  /// The transposed matrix, of single precision numbers.
  fileprivate var transposed: Tensor {
    let (rows, columns) = (shape[0], shape[1])
    let own = elements(as: Float.self)
    var result = [Float](repeating: 0, count: own.count)
    for row in 0..<rows {
      for column in 0..<columns { result[column * rows + row] = own[row * columns + column] }
    }
    return Tensor(shape: [columns, rows], result)
  }
}
