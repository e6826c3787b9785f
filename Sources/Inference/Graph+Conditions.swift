import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierTensors

extension Graph {
  /// The same network in which each `If` whose condition follows from constants and shapes is replaced by its branch.
  ///
  /// - Parameter variants: Types of the inputs; a condition must be known, and the same, for all of them.
  /// - Complexity: O(nodes) for each `If`.
  package func resolvingConditions(for variants: [[String: TensorType]]) -> Graph {
    var graph = self
    var position = 0
    while position < graph.nodes.count {
      let node = graph.nodes[position]
      guard node.op == .condition, let branch = graph.branch(of: node, for: variants) else {
        position += 1
        continue
      }
      graph.replaceNode(at: position, by: branch)
    }
    return graph
  }

  /// The branch that `node` takes; `nil` if that depends on data.
  private func branch(of node: Node, for variants: [[String: TensorType]]) -> Graph? {
    guard let condition = node.inputs.first else { return nil }
    let part = extracting(to: [condition])
    guard !part.nodes.contains(where: { $0.op == .condition }) else { return nil }
    let values = variants.map { types in
      (try? TypeInference(part, feeds: types))?.constants[condition]?.integers()?.first
    }
    guard let first = values.first, let value = first, values.allSatisfy({ $0 == value }),
      case .graph(let branch)? = node.attributes[value == 0 ? "else_branch" : "then_branch"],
      branch.outputs.count >= node.outputs.count
    else { return nil }
    return branch
  }

  /// Puts the nodes and constants of `branch` in place of the node at `position`, under names of their own.
  private mutating func replaceNode(at position: Int, by branch: Graph) {
    let node = nodes[position]
    var names = NameTable(of: self)
    let (steps, results) = take(branch, &names)
    let ends = zip(results, node.outputs).filter { !$1.isEmpty }.enumerated().map { place, pair in
      Node(Identity.name, name: node.name(ofEnd: place), [pair.0], [pair.1])
    }
    nodes.replaceSubrange(position...position, with: steps + ends)
  }

  /// Stores the constants of `branch` under names of their own.
  ///
  /// - Returns: Its nodes and the names of its results, with values called so.
  mutating func take(_ branch: Graph, _ names: inout NameTable) -> (steps: [Node], results: [String]) {
    var renamed: [String: String] = [:]
    for (name, tensor) in branch.constants {
      let own = names.take(name)
      renamed[name] = own
      constants[own] = tensor
      remarks[own] = branch.remarks[name]
      storedTypes[own] = branch.storedTypes[name]
    }
    for output in branch.nodes.flatMap(\.outputs) where !output.isEmpty {
      let own = names.take(output)
      renamed[output] = own
      storedTypes[own] = branch.storedTypes[output]
    }
    return (branch.nodes.map { $0.renaming(renamed) }, branch.outputs.map { renamed[$0.name] ?? $0.name })
  }
}

extension OperatorName {
  /// The choice between two subgraphs.
  static let condition: OperatorName = "If"
}

extension Node {
  /// The name of one of several nodes that take the place of this one.
  func name(ofEnd place: Int) -> String { place == 0 || name.isEmpty ? name : "\(name)/\(place)" }

  /// The node with values called otherwise, those that its subgraphs capture included.
  fileprivate func renaming(_ names: [String: String]) -> Node {
    var node = self
    node.inputs = inputs.map { names[$0] ?? $0 }
    node.outputs = outputs.map { names[$0] ?? $0 }
    node.attributes = attributes.mapValues { attribute in
      switch attribute {
      case .graph(let graph): .graph(graph.renamingCaptured(names))
      case .graphs(let graphs): .graphs(graphs.map { $0.renamingCaptured(names) })
      default: attribute
      }
    }
    return node
  }
}

extension Graph {
  /// The subgraph with values that it captures called otherwise.
  fileprivate func renamingCaptured(_ names: [String: String]) -> Graph {
    let own = Set(constants.keys).union(inputs.map(\.name)).union(nodes.flatMap(\.outputs))
    let captured = names.filter { !own.contains($0.key) }
    var graph = self
    graph.nodes = nodes.map { $0.renaming(captured) }
    graph.outputs = outputs.map { output in
      var output = output
      output.name = captured[output.name] ?? output.name
      return output
    }
    return graph
  }
}
