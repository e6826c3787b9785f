import Graph
import Operators
import Tensors

/// A graph that computes, beside nothing else, the sums and Gram matrices of hidden representations over one batch.
struct StatisticsGraph {
  /// The names under which the sums of one hidden representation come out.
  struct Outputs {
    var sum: String
    var gram: String
  }

  /// The graph with the nodes of the statistics.
  let graph: Graph
  /// For each hidden representation, where its sums come out.
  let outputs: [ValueAxis: Outputs]
  /// For each hidden representation, how many samples one batch holds.
  let samples: [ValueAxis: Int]

  /// Adds to `graph` the statistics of `activations`: `h = sum over rows of H`, `G = H^T H` with H as rows x channels.
  init(_ graph: Graph, of activations: [ValueAxis], feeds: [String: TensorType]) throws {
    var graph = graph
    let types = try TypeInference(graph, feeds: feeds).types
    var outputs: [ValueAxis: Outputs] = [:]
    var samples: [ValueAxis: Int] = [:]
    for activation in activations {
      let shape = types[activation.value]!.shape
      let channels = shape[activation.axis]
      let rows = shape.elementCount / max(channels, 1)
      var value = activation.value
      func add(_ op: OperatorName, _ inputs: [String], _ attributes: [(String, Attribute)], _ role: String) -> String {
        let name = "statistics/\(activation)/\(role)"
        graph.nodes.append(Node(op, name: name, inputs, [name], .init(uniqueKeysWithValues: attributes)))
        return name
      }
      if activation.axis != shape.rank - 1 {
        let order = shape.indices.filter { $0 != activation.axis } + [activation.axis]
        value = add(Transpose.name, [value], [("perm", .ints(order.map(Int64.init)))], "channels last")
      }
      value = add(View.name, [value], [("shape", .ints([Int64(rows), Int64(channels)]))], "rows")
      let sum = add(SumToShape.name, [value], [("shape", .ints([1, Int64(channels)]))], "sum")
      let gram = add(BatchedProduct.name, [value, value], [("transA", .int(1))], "gram")
      outputs[activation] = Outputs(sum: sum, gram: gram)
      samples[activation] = rows
    }
    self.graph = graph
    self.outputs = outputs
    self.samples = samples
  }
}
