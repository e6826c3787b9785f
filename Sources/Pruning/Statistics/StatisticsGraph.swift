import Graph
import Operators
import Tensors

/// A graph that computes, beside nothing else, the sums and Gram matrices of what enters layers, over one batch.
struct StatisticsGraph {
  /// What is computed for one layer's input, and under which names it comes out.
  struct Outputs {
    var sum: String
    var gram: String
    /// The sum of the activation maps, for a convolution.
    var map: String?
    /// How many columns one batch gives.
    var columns: Int
    /// What statistics of this input begin as.
    var empty: ActivationStatistics
  }

  /// What a layer reads, and how: layers that agree in it share their statistics.
  struct Point: Hashable {
    let activation: ValueAxis
    let windows: Windows?

  }

  /// The graph with the nodes of the statistics.
  private(set) var graph: Graph
  /// For each point, what comes out.
  private(set) var outputs: [Point: Outputs] = [:]
  /// For each layer, the point it reads at.
  private(set) var points: [WeightedContraction: Point] = [:]

  /// Adds to `graph` the statistics of what `layers` read.
  init(_ graph: Graph, of layers: [WeightedContraction], feeds: [String: TensorType]) throws {
    self.graph = graph
    let inference = try TypeInference(graph, feeds: feeds)
    let makers = Dictionary(
      inference.invocations.map { ($0.node.outputs.first ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    for layer in layers {
      let windows = try makers[layer.product].flatMap { invocation in
        try (OperatorRegistry.find(invocation.node.op) as? any SlidingOperator.Type)?.windows(invocation)
      }
      let point = Point(activation: layer.activation, windows: windows)
      points[layer] = point
      if outputs[point] == nil { add(point, inference.types[layer.activation.value]!.shape) }
    }
  }

  private mutating func add(_ point: Point, _ shape: Shape) {
    let prefix = "statistics/\(outputs.count)"
    let (value, rows, map): (String, Int, String?)
    var empty: SummedMap?
    if let windows = point.windows {
      value = add(Unfold.name, point.activation.value, Unfold.attributes(windows), "\(prefix)/patches")
      rows = shape[1] * windows.kernelCount
      map = add(
        SumToShape.name, point.activation.value, [("shape", ints([1] + shape.dropFirst()))], "\(prefix)/map")
      empty = SummedMap(channels: shape[1], windows: windows)
    } else {
      (value, rows, map) = (matrix(point.activation, shape, prefix), shape[point.activation.axis], nil)
    }
    let columns =
      point.windows.map { shape[0] * $0.outputCount }
      ?? shape.elementCount / max(rows, 1)
    let sum = add(SumToShape.name, value, [("shape", ints([1, rows]))], "\(prefix)/sum")
    let gram = "\(prefix)/gram"
    graph.nodes.append(Node(BatchedProduct.name, name: gram, [value, value], [gram], ["transA": .int(1)]))
    outputs[point] = Outputs(
      sum: sum, gram: gram, map: map, columns: columns, empty: ActivationStatistics(rows: rows, map: empty))
  }

  /// The activation as samples x channels.
  private mutating func matrix(_ activation: ValueAxis, _ shape: Shape, _ prefix: String) -> String {
    var value = activation.value
    if activation.axis != shape.rank - 1 {
      let order = shape.indices.filter { $0 != activation.axis } + [activation.axis]
      value = add(Transpose.name, value, [("perm", ints(order))], "\(prefix)/channels last")
    }
    let channels = shape[activation.axis]
    return add(
      View.name, value, [("shape", ints([shape.elementCount / max(channels, 1), channels]))], "\(prefix)/rows")
  }

  private mutating func add(
    _ op: OperatorName, _ input: String, _ attributes: [(String, Attribute)], _ name: String
  ) -> String {
    graph.nodes.append(Node(op, name: name, [input], [name], .init(uniqueKeysWithValues: attributes)))
    return name
  }

  private func ints(_ values: some Sequence<Int>) -> Attribute { .ints(values.map(Int64.init)) }
}
