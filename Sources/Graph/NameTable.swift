/// The names that the values of a graph have, and the way to names that are free.
///
/// The table is made once and kept up to date by whoever adds values.
package struct NameTable: Sendable {
  private var taken: Set<String> = []
  /// For each name that was asked for more than once, the last number put behind it.
  private var numbers: [String: Int] = [:]

  /// A table of the names of `graph`'s constants, inputs and nodes' outputs. Complexity: O(values).
  package init(of graph: Graph) {
    taken.reserveCapacity(graph.constants.count + graph.inputs.count + graph.nodes.count)
    taken.formUnion(graph.constants.keys)
    for input in graph.inputs { taken.insert(input.name) }
    for node in graph.nodes { taken.formUnion(node.outputs) }
  }

  /// Notes that a value is called `name`.
  package mutating func insert(_ name: String) { taken.insert(name) }

  /// Takes `base` where it is free, and else the first free one of `base_1`, `base_2`, ...
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
