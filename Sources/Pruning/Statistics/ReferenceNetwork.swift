import EspalierEngine
import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierOperators

/// The dense network beside the network as pruned so far, in one graph: its values bear names of their own, except
/// those that both have in common.
struct ReferenceNetwork {
  private static let prefix = "dense network/"

  /// The dense network, renamed.
  let graph: Graph
  private let names: (String) -> String

  /// The name of the dense network's value for `value` of the pruned one.
  subscript(value: String) -> String { names(value) }

  /// `dense` for a pass from `sources`.
  ///
  /// A source of which there is no separate value of the dense network was computed before anything was pruned: it is
  /// both networks' value.
  ///
  /// - Throws: `EspalierError` if shapes do not fit.
  /// - Returns: `nil` if a part of the network has subgraphs that read values outside of them, which cannot be renamed.
  init?(_ dense: Graph, sources: Set<String>, origin: [String: TensorType]) throws(EspalierError) {
    guard dense.nodes.allSatisfy(\.capturedValues.isEmpty) else { return nil }
    var dense = dense
    for (name, tensor) in try TypeInference(dense, feeds: origin).constants where dense.constants[name] == nil {
      dense.constants[name] = tensor
    }
    // Values that are known are computed by no node.
    dense.nodes.removeAll { $0.outputs.allSatisfy { $0.isEmpty || dense.constants[$0] != nil } }
    let feeds = Set(dense.feeds.map(\.name))
    names = { name in
      if name.isEmpty || feeds.contains(name) { return name }
      let own = Self.prefix + name
      return sources.contains(name) && !sources.contains(own) ? name : own
    }
    graph = dense.renamed(names)
  }
}
