import EspalierGraph

/// A network built with initial weights.
package protocol InitializedNetwork {
  /// The name of the graph.
  var name: String { get }

  /// Adds the network's layers to a graph.
  func build(_ builder: inout NetworkBuilder)

  /// The network with initial weights drawn from `seed`.
  func model(seed: UInt64) -> Model
}

extension InitializedNetwork {
  /// The number of initial weights, counted without creating them: a `Double`, because widths may overflow an `Int`.
  package var weightCount: Double {
    var builder = NetworkBuilder(name: name, seed: nil)
    build(&builder)
    return builder.weightCount
  }

  func initialized(seed: UInt64) -> Model {
    var builder = NetworkBuilder(name: name, seed: seed)
    build(&builder)
    return Model(builder.graph)
  }
}
