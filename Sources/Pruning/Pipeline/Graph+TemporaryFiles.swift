import EspalierGraph
import EspalierTensors

extension Graph {
  /// The same network, with weights in temporary files instead of memory if all of them together would take much of it:
  /// a pruning holds several versions of a network, of which one layer is read at a time. Weights that are in a file
  /// already stay there.
  ///
  /// Complexity: writes the bytes of the weights in memory.
  func sparingMemory() -> Graph {
    guard constants.values.reduce(0, { $0 + $1.byteCount }) > Self.keptInMemory else { return self }
    var graph = self
    for (name, tensor) in constants where tensor.storage.isInMemory {
      graph.constants[name] = tensor.inTemporaryFile()
    }
    return graph
  }

  /// The most bytes of a network whose weights stay in memory.
  private static let keptInMemory = 1 << 29
}
