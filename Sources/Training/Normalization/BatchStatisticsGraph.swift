import Graph
import Operators
import Tensors

/// A network whose batch normalisations run in training mode, and where the statistics of a batch can be read off.
///
/// The nodes are given no momentum, so that their further outputs are the statistics of the batch alone: what becomes of the
/// running ones (they follow in training, they are averaged in recalibration) is decided outside.
struct BatchStatisticsGraph {
  /// One running statistic.
  struct Statistic {
    /// The constant that stores it.
    let stored: String
    /// The value that holds it for a batch.
    let batch: String
    /// How much of the running statistic stays when it follows the batch.
    let momentum: Float
  }

  /// The network in training mode.
  private(set) var graph: Graph
  /// The running statistics, a mean and a variance for each normalisation.
  private(set) var statistics: [Statistic] = []

  /// Puts those batch normalisations of `network` in training mode whose statistics are stored with it.
  ///
  /// - Throws: `EspalierError` if a node's momentum is no number.
  init(_ network: Graph) throws {
    graph = network
    for (position, node) in network.nodes.enumerated() where node.op == BatchNormalization.name {
      let call = Invocation(node, opset: 0, inputs: [])
      let stored = node.inputs.dropFirst(3)
      guard try !call.flag("training_mode"), stored.count == 2, stored.allSatisfy({ network.constants[$0] != nil })
      else { continue }
      let momentum = try call.float("momentum", default: 0.9)
      let batch = ["mean", "variance"].map { graph.unusedName("\(node.outputs[0])/batch \($0)") }
      graph.nodes[position].outputs = [node.outputs[0]] + batch
      graph.nodes[position].attributes["training_mode"] = .int(1)
      graph.nodes[position].attributes["momentum"] = .float(0)
      statistics += zip(stored, batch).map { Statistic(stored: $0, batch: $1, momentum: momentum) }
    }
  }
}
