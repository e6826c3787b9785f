import EspalierGraph

/// A network that is built with initial weights.
package protocol InitializedNetwork {
  /// The name of its graph.
  var name: String { get }

  /// Adds all of it to a graph.
  func build(_ builder: inout NetworkBuilder)

  /// The network with initial weights drawn from `seed`.
  func model(seed: UInt64) -> Model
}

extension InitializedNetwork {
  /// How many initial weights it has, without making one: a `Double`, because widths may be anything.
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
