import EspalierGraph
import EspalierOperators
import EspalierTensors

extension Graph {
  /// The floating point constants that are parameters, in stored order: those that operators read as parameters
  /// (``Operator/parameterInputs``), directly or through nodes that compute from constants alone.
  ///
  /// - Complexity: O(nodes).
  package var parameters: [String] {
    var search = ParameterSearch(self)
    for node in nodes { search.visit(node) }
    // A parameter may be reshaped, transposed or passed on before it is read.
    for node in nodes.reversed() where search.isStored(node) && node.outputs.contains(where: search.found.contains) {
      search.found.formUnion(node.inputs.filter { !search.isSingleNumber($0) })
    }
    return constants.filter { $0.value.elementType.isFloatingPoint && search.found.contains($0.key) }.map(\.key)
  }
}

/// Finds the parameters of a graph by following what its nodes read.
private struct ParameterSearch {
  let constants: [String: Tensor]
  /// Values known without data: constants, and values computed from them alone.
  private var stored: Set<String>
  /// Values that depend on a parameter.
  private var learnt: Set<String> = []
  /// Stored values that are read as parameters.
  var found: Set<String> = []

  init(_ graph: Graph) {
    constants = Dictionary(uniqueKeysWithValues: graph.constants.map { ($0.key, $0.value) })
    stored = Set(constants.keys)
  }

  func isStored(_ node: Node) -> Bool { node.inputs.allSatisfy { $0.isEmpty || stored.contains($0) } }

  func isSingleNumber(_ value: String) -> Bool { constants[value]?.count == 1 }

  mutating func visit(_ node: Node) {
    if isStored(node) {
      stored.formUnion(node.outputs)
      return
    }
    let parameters = parameters(of: node)
    found.formUnion(parameters)
    if !parameters.isEmpty || node.inputs.contains(where: learnt.contains) { learnt.formUnion(node.outputs) }
  }

  private func parameters(of node: Node) -> [String] {
    switch OperatorRegistry.find(node.op)?.parameterInputs ?? .none {
    case .none: []
    case .at(let positions):
      node.inputs.indices.filter(positions.contains).map { node.inputs[$0] }.filter(stored.contains)
    case .adjustments:
      node.inputs.contains(where: learnt.contains)
        ? node.inputs.filter { stored.contains($0) && !isSingleNumber($0) } : []
    }
  }
}
