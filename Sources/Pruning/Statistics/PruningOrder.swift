import EspalierGraph
import EspalierOperators

/// The order in which the groups of a network are pruned one after the other, and the cut in front of each.
///
/// Groups come in the order of the first layer that reads each, or normalises over it. So every change made for a group
/// (masks, statistics over kept units, re-fitted weights) lies behind the cut in front of that layer, and behind the
/// cuts before it: values computed up to a cut stay valid.
struct PruningOrder {
  struct Stop {
    var group: PruningGroup
    /// The values from which everything from the group's first reader on is computed.
    var cut: [String]
    /// Whether the inputs of all layers that read the group are known at the cut: none lies behind another.
    var isReadAtOnce: Bool
  }

  let stops: [Stop]

  /// Orders `groups` of `graph`. Complexity: O(n log n) for n nodes and groups, and for each group the size of its cut.
  init(_ graph: Graph, _ groups: [PruningGroup]) {
    let whole = graph.consumers()
    let part = graph.extracting(
      to: groups.flatMap { $0.readers.map { TargetPlace(of: $0.output, in: graph, whole).value } })
    let makers = part.producers()
    let readers = part.consumers()
    // The positions at which each value is computed and last read, the former in descending order.
    var made = (part.feeds.map { ($0.name, -1) } + makers.map { ($0.key, $0.value) }).map { value, maker in
      (value: value, maker: maker, last: readers[value]?.last ?? -1)
    }.sorted { $0.maker > $1.maker }
    func position(_ layer: WeightedContraction) -> Int { makers[layer.product] ?? part.nodes.count }
    let ordered = groups.map { group in
      let normalizations = group.normalizations.compactMap { makers[$0.node] }
      return (group: group, first: (group.readers.map(position) + normalizations).min() ?? 0)
    }
    var cut: [String: Int] = [:]
    stops = ordered.enumerated().sorted { ($0.element.first, $0.offset) < ($1.element.first, $1.offset) }.map {
      let (group, first) = $0.element
      while let next = made.last, next.maker < first {
        cut[next.value] = next.last
        made.removeLast()
      }
      cut = cut.filter { $0.value >= first }
      return Stop(
        group: group, cut: cut.keys.sorted(),
        isReadAtOnce: group.consumers.allSatisfy { cut[$0.activation.value] != nil }
          && group.products.allSatisfy { cut[$0.activation.value] != nil && cut[$0.weight.value] != nil })
    }
  }
}
