import EspalierTensors
import OrderedCollections

/// Writes a graph: adds nodes, stored tensors and declarations under names that no other value has.
///
///     var builder = GraphBuilder(network)
///     let square = builder.add("Mul", ["x", "x"], output: "square")
///     let norm = builder.add("ReduceSum", [square], ["keepdims": .int(0)], output: "norm")
///     builder.declareOutput(ValueInfo(norm))
///     let larger = builder.graph
///
/// A value is called as its writer asks where that name is free, and else gets the lowest free number behind it:
/// `square`, `square_1`, `square_2`. So use the names that the methods return. Names of values that are gone stay
/// taken.
///
/// Nodes come behind those that are there. A pass that changes nodes, or puts some between them, begins with
/// ``init(rewriting:)`` and writes all of them again. Whoever adds a few nodes that are put in their places later
/// begins with ``init(beside:)``.
package struct GraphBuilder: Sendable {
  /// The graph as it is so far.
  package internal(set) var graph: Graph
  private var names: NameTable
  private let prefix: String
  private var unnamed = 0

  private init(_ graph: Graph, names: NameTable, prefix: String) {
    self.graph = graph
    self.names = names
    self.prefix = prefix
  }

  /// Begins with `graph`.
  ///
  /// - Parameter prefix: The beginning of the names of values that their writer does not name.
  /// - Complexity: O(values of `graph`), for the table of their names.
  package init(_ graph: Graph = Graph(), prefix: String = "value") {
    self.init(graph, names: NameTable(of: graph), prefix: prefix)
  }

  /// Begins with all of `graph` but its nodes, which the caller appends, changed or not, in their order.
  package init(rewriting graph: Graph) {
    var rest = graph
    rest.nodes = []
    self.init(rest, names: NameTable(of: graph), prefix: "value")
    self.graph.nodes.reserveCapacity(graph.nodes.count)
  }

  /// Begins with nothing and keeps clear of the names of `graph`, which is to take in what is added.
  package init(beside graph: Graph) {
    self.init(Graph(opsets: graph.opsets), names: NameTable(of: graph), prefix: "value")
  }

  /// Takes `base`, with a number behind it where it is taken, for a value that the caller makes.
  package mutating func unusedName(_ base: String) -> String { names.take(base) }

  // MARK: Nodes

  /// Adds a node with one output and returns that output's name.
  ///
  /// - Parameters:
  ///   - name: The node's own name; that of its output unless given.
  ///   - output: How the output is to be called: `prefix/0`, `prefix/1`, ... unless given.
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
  ///   - name: The node's own name; that of its first output unless given.
  ///   - outputs: How the outputs are to be called.
  package mutating func add(
    _ op: OperatorName, name: String? = nil, _ inputs: [String],
    _ attributes: OrderedDictionary<String, Attribute> = [:], outputs: [String]
  ) -> [String] {
    let outputs = outputs.map { names.take($0) }
    graph.nodes.append(Node(op, name: name ?? outputs.first ?? "", inputs, outputs, attributes))
    return outputs
  }

  /// Adds a node with `count` outputs, called `prefix/0`, `prefix/0/1`, `prefix/0/2`, ..., and returns their names.
  package mutating func add(
    _ op: OperatorName, _ inputs: [String], _ attributes: OrderedDictionary<String, Attribute> = [:], outputs count: Int
  ) -> [String] {
    let first = nextName()
    return add(op, inputs, attributes, outputs: (0..<count).map { $0 == 0 ? first : "\(first)/\($0)" })
  }

  /// Adds `node` as it is: one of the graph's own that is written again, or one whose outputs have names by
  /// ``unusedName(_:)``.
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
  /// - Parameter name: How it is to be called: `prefix/stored` unless given.
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

  /// Declares that the graph computes a value, which is called so already.
  package mutating func declareOutput(_ output: ValueInfo) { graph.outputs.append(output) }
}
