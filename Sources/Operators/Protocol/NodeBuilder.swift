import Graph
import OrderedCollections
import Tensors

/// What writes nodes, one after another: their values are called `prefix/0`, `prefix/1`, ...
protocol NodeBuilder {
  /// The nodes added.
  var nodes: [Node] { get set }
  /// What the names of values begin with.
  var prefix: String { get }
}

extension NodeBuilder {
  /// Adds a node with one output and returns that output's name.
  mutating func add(
    _ op: OperatorName, _ inputs: [String], _ attributes: OrderedDictionary<String, Attribute> = [:]
  ) -> String {
    add(op, inputs, attributes, outputs: 1)[0]
  }

  /// Adds a node with `count` outputs and returns their names.
  mutating func add(
    _ op: OperatorName, _ inputs: [String], _ attributes: OrderedDictionary<String, Attribute> = [:], outputs count: Int
  ) -> [String] {
    let name = "\(prefix)/\(nodes.count)"
    let values = (0..<count).map { $0 == 0 ? name : "\(name)/\($0)" }
    nodes.append(Node(op, name: name, inputs, values, attributes))
    return values
  }

  /// `value` under another shape.
  mutating func reshape(_ value: String, to shape: Shape) -> String {
    add(View.name, [value], ["shape": .ints(shape.map(Int64.init))])
  }
}
