import EspalierGraph

/// A selection method that also decides how many units each group keeps, by the weights of the dense network.
package protocol SharingMethod: SelectionMethod {
  /// The numbers of units to keep, at least one of each group, where the request asks for `asked` of each: the sum
  /// stays the same.
  func shares(_ asked: [Int], among groups: [ProducerWeights]) -> [Int]
}

extension PruningRequest {
  /// The request with the units to keep shared among `groups` of `graph`, if the method shares. Groups with a fraction
  /// of their own keep it, units are shared among groups of one kind (heads are no hidden units), and widths are
  /// rounded as always.
  func sharing(among groups: [PruningGroup], of graph: Graph) -> PruningRequest {
    guard let method = method as? any SharingMethod else { return self }
    var request = self
    for alike in Dictionary(grouping: groups.filter { fractions[$0.id] == nil }, by: \.kind).values {
      let counts = method.shares(alike.map(count(for:)), among: alike.map(graph.producerWeights(of:)))
      for (group, count) in zip(alike, counts) {
        // Half a unit more, so that rounding down gives the count.
        request.fractions[group.id] = min(1, (Double(max(count, 1)) + 0.5) / Double(group.size))
      }
    }
    return request
  }
}
