import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierTensors

extension Graph {
  /// The same network in which an `If` whose condition depends on data computes both branches, of which the condition
  /// selects:
  ///
  ///     if c { f(x) } else { g(x) }  ->  Where(c, f(x), g(x))
  ///
  /// So layers of both branches are layers of the network: run, compared and pruned. An `If` of which one branch does
  /// not fit the inputs, or gives another shape than the other, stays.
  ///
  /// - Parameter variants: Types of the inputs for which both branches must fit.
  /// - Complexity: O(nodes) for each `If`.
  package func selectingBranches(for variants: [[String: TensorType]]) -> Graph {
    var graph = self
    var position = 0
    while position < graph.nodes.count {
      if graph.nodes[position].op == .condition, let selecting = graph.selecting(at: position, for: variants) {
        graph = selecting
      } else {
        position += 1
      }
    }
    return graph
  }

  /// The graph with both branches of the node at `position`; `nil` where they do not fit.
  private func selecting(at position: Int, for variants: [[String: TensorType]]) -> Graph? {
    let node = nodes[position]
    guard !variants.isEmpty, let condition = node.inputs.first, case .graph(let then)? = node.attributes["then_branch"],
      case .graph(let otherwise)? = node.attributes["else_branch"],
      min(then.outputs.count, otherwise.outputs.count) >= node.outputs.count
    else { return nil }
    var graph = self
    var names = NameTable(of: self)
    let (own, other) = (graph.take(then, &names), graph.take(otherwise, &names))
    let ends = node.outputs.indices.filter { !node.outputs[$0].isEmpty }.map { index in
      Node(
        Where.name, name: node.name(ofEnd: index), [condition, own.results[index], other.results[index]],
        [node.outputs[index]])
    }
    graph.nodes.replaceSubrange(position...position, with: own.steps + other.steps + ends)
    let needed = ends.flatMap { $0.inputs + $0.outputs }
    let part = graph.extracting(to: needed).resolvingConditions(for: variants).selectingBranches(for: variants)
    let fits = variants.allSatisfy { types in
      guard let types = try? TypeInference(part, feeds: types).types else { return false }
      return ends.allSatisfy {
        types[$0.inputs[1]] == types[$0.inputs[2]] && types[$0.inputs[1]] == types[$0.outputs[0]]
      }
    }
    return fits ? graph.resolvingConditions(for: variants) : nil
  }
}
