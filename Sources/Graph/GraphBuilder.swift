import EspalierTensors
import OrderedCollections

/// Builds a graph: adds nodes, stored tensors and declarations under unique names.
///
///     var builder = GraphBuilder(network)
///     let square = builder.add("Mul", ["x", "x"], output: "square")
///     let norm = builder.add("ReduceSum", [square], ["keepdims": .int(0)], output: "norm")
///     builder.declareOutput(ValueInfo(norm))
///     let larger = builder.graph
///
/// A value gets the requested name if it is free, and otherwise that name with the lowest free number appended:
/// `square`, `square_1`, `square_2`. So use the names that the methods return. The names of removed values remain
/// taken.
///
/// Nodes are added after the existing ones. A pass that changes nodes, or inserts some between them, starts with
/// ``init(rewriting:)`` and writes all of them again. To add a few nodes that will be moved into place later, start
/// with ``init(beside:)``.
package struct GraphBuilder: Sendable {
  /// The graph built so far.
  package internal(set) var graph: Graph
  private var names: NameTable
  private let prefix: String
  private var unnamed = 0

  private init(_ graph: Graph, names: NameTable, prefix: String) {
    self.graph = graph
    self.names = names
    self.prefix = prefix
  }

  /// Starts with `graph`.
  ///
  /// - Parameter prefix: The beginning of the names of values for which no name is requested.
  /// - Complexity: O(values of `graph`), for the table of their names.
  package init(_ graph: Graph = Graph(), prefix: String = "value") {
    self.init(graph, names: NameTable(of: graph), prefix: prefix)
  }

  /// Starts with all of `graph` except its nodes, which the caller appends, changed or not, in their order.
  package init(rewriting graph: Graph) {
    var rest = graph
    rest.nodes = []
    self.init(rest, names: NameTable(of: graph), prefix: "value")
    self.graph.nodes.reserveCapacity(graph.nodes.count)
  }

  /// Starts with an empty graph whose names do not clash with those of `graph`, into which the additions will be
  /// merged.
  package init(beside graph: Graph) {
    self.init(Graph(opsets: graph.opsets), names: NameTable(of: graph), prefix: "value")
  }

  /// Reserves a name for a value that the caller computes: `base`, with a number appended if it is taken.
  package mutating func unusedName(_ base: String) -> String { names.take(base) }

  // MARK: Nodes

  /// Adds a node with one output and returns that output's name.
  ///
  /// - Parameters:
  ///   - name: The name of the node; by default that of its output.
  ///   - output: The requested name of the output; by default `prefix/0`, `prefix/1`, ...
  @discardableResult
  package mutating func add(
    _ op: OperatorName, name: String? = nil, _ inputs: [String],
    _ attributes: OrderedDictionary<String, Attribute> = [:], output: String? = nil
  ) -> String {
    add(op, name: name, inputs, attributes, outputs: [output ?? nextName()])[0]
  }

  /// Adds a node with several outputs and returns their names.
  ///
  /// - Parameters:
  ///   - name: The name of the node; by default that of its first output.
  ///   - outputs: The requested names of the outputs.
  package mutating func add(
    _ op: OperatorName, name: String? = nil, _ inputs: [String],
    _ attributes: OrderedDictionary<String, Attribute> = [:], outputs: [String]
  ) -> [String] {
    let outputs = outputs.map { names.take($0) }
    graph.nodes.append(Node(op, name: name ?? outputs.first ?? "", inputs, outputs, attributes))
    return outputs
  }

  /// Adds a node with `count` outputs named `prefix/0`, `prefix/0/1`, `prefix/0/2`, ..., and returns their names.
  package mutating func add(
    _ op: OperatorName, _ inputs: [String], _ attributes: OrderedDictionary<String, Attribute> = [:], outputs count: Int
  ) -> [String] {
    let first = nextName()
    return add(op, inputs, attributes, outputs: (0..<count).map { $0 == 0 ? first : "\(first)/\($0)" })
  }

  /// Adds `node` unchanged: one of the original graph's own, or one whose output names come from ``unusedName(_:)``.
  package mutating func append(_ node: Node) {
    for output in node.outputs { names.insert(output) }
    graph.nodes.append(node)
  }

  private mutating func nextName() -> String {
    defer { unnamed += 1 }
    return "\(prefix)/\(unnamed)"
  }

  // MARK: Values that no node makes

  /// Stores `tensor` with the graph and returns its name.
  ///
  /// - Parameter name: The requested name; by default `prefix/stored`.
  package mutating func store(_ tensor: Tensor, as name: String? = nil) -> String {
    let name = names.take(name ?? "\(prefix)/stored")
    graph.constants[name] = tensor
    return name
  }

  /// Declares an input and returns its name.
  @discardableResult
  package mutating func declareInput(_ input: ValueInfo) -> String {
    var input = input
    input.name = names.take(input.name)
    graph.inputs.append(input)
    return input.name
  }

  /// Declares an existing value as an output of the graph.
  package mutating func declareOutput(_ output: ValueInfo) { graph.outputs.append(output) }
}
