import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierTensors

/// A network whose batch normalisations run in training mode, and where the statistics of a batch can be read off.
///
/// The nodes are given no momentum, so that their further outputs are the statistics of the batch alone: what becomes
/// of the running ones (they follow in training, they are averaged in recalibration) is decided outside.
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
  let graph: Graph
  /// The running statistics, a mean and a variance for each normalisation.
  private(set) var statistics: [Statistic] = []

  /// Puts those batch normalisations of `network` in training mode whose statistics are stored with it.
  ///
  /// - Throws: `EspalierError` if a node's momentum is no number.
  init(_ network: Graph) throws(EspalierError) {
    var builder = GraphBuilder(rewriting: network)
    for var node in network.nodes {
      if node.op == BatchNormalization.name {
        let call = Invocation(node, opset: 0, inputs: [])
        let stored = node.inputs.dropFirst(3)
        if try !call.flag("training_mode"), stored.count == 2, stored.allSatisfy({ network.constants[$0] != nil }) {
          let momentum = try call.float("momentum", default: 0.9)
          let batch = ["mean", "variance"].map { builder.unusedName("\(node.outputs[0])/batch \($0)") }
          node.outputs = [node.outputs[0]] + batch
          node.attributes["training_mode"] = .int(1)
          node.attributes["momentum"] = .float(0)
          statistics += zip(stored, batch).map { Statistic(stored: $0, batch: $1, momentum: momentum) }
        }
      }
      builder.append(node)
    }
    graph = builder.graph
  }
}
