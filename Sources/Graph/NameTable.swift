/// The names of the values in a graph, for finding unused ones.
///
/// The table is made once; those who add values keep it up to date.
package struct NameTable: Sendable {
  private var taken: Set<String> = []
  /// For each name requested more than once, the last number appended to it.
  private var numbers: [String: Int] = [:]

  /// A table of the names of `graph`'s constants, inputs and nodes' outputs, those of its opaque part included.
  /// Complexity: O(values).
  package init(of graph: Graph) {
    taken.reserveCapacity(graph.constants.count + graph.inputs.count + graph.nodes.count)
    taken.formUnion(graph.constants.keys)
    for input in graph.inputs { taken.insert(input.name) }
    for node in graph.nodes { taken.formUnion(node.outputs) }
    if let opaque = graph.opaque { taken.formUnion(opaque.names) }
  }

  /// Records that a value is called `name`.
  package mutating func insert(_ name: String) { taken.insert(name) }

  /// Reserves `base` if it is free, and otherwise the first free name of `base_1`, `base_2`, ...
  ///
  /// - Complexity: O(1), amortised.
  package mutating func take(_ base: String) -> String {
    if taken.insert(base).inserted { return base }
    var number = numbers[base, default: 0]
    var name: String
    repeat {
      number += 1
      name = "\(base)_\(number)"
    } while !taken.insert(name).inserted
    numbers[base] = number
    return name
  }
}
