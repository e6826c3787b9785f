import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierTensors

/// A network with batch normalisations in training mode, whose batch statistics can be read.
///
/// The nodes have no momentum, so that their further outputs are the statistics of the batch alone; the caller decides
/// how the running statistics follow from them (moving averages in training, means in recalibration).
struct BatchStatisticsGraph {
  /// One running statistic.
  struct Statistic {
    /// The constant that stores it.
    let stored: String
    /// The value that holds it for a batch.
    let batch: String
    /// The share of the running statistic that an update keeps.
    let momentum: Float
  }

  /// The network in training mode.
  let graph: Graph
  /// The running statistics, a mean and a variance for each normalisation.
  private(set) var statistics: [Statistic] = []

  /// Puts the batch normalisations of `network` whose statistics are stored with it in training mode.
  ///
  /// - Throws: `EspalierError` if a node's momentum is not a number.
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
