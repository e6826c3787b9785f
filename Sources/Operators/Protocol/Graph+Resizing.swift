import Graph

extension Graph {
  /// The same graph, its nodes brought up to date with the sizes of what they read: what is left to do once axes of its
  /// constants have been shortened.
  ///
  /// - Parameter feeds: The types of the inputs, as they are now.
  /// - Throws: `DataError` if types do not fit.
  public func resizingNodes(feeds: [String: TensorType]) throws -> Graph {
    var graph = self
    graph.nodes = try TypeInference(self, feeds: feeds, resizesNodes: true).invocations.map(\.node)
    return graph
  }
}
