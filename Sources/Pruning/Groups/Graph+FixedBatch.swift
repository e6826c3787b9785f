import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierOperators

extension Graph {
  /// The batch that the network holds for, where the file leaves it open but another does not fit: an exporter wrote
  /// sizes of its example into nodes. `nil` for a network of any batch, and for one that fits none.
  ///
  /// - Complexity: one type inference for a network of any batch.
  package var onlyBatch: Int? {
    guard feeds.contains(where: \.leavesFirstAxisOpen), !fits(batch: 2) || !fits(batch: 3) else { return nil }
    return [1, 2, 3, 4, 8].first { fits(batch: $0) }
  }

  /// The same network with `batch` stated as the size of the axes that the file leaves open for it.
  package func stating(batch: Int) -> Graph {
    var graph = self
    for position in graph.inputs.indices where graph.inputs[position].leavesFirstAxisOpen {
      graph.inputs[position].dimensions?[0] = .fixed(batch)
    }
    return graph
  }

  private func fits(batch: Int) -> Bool {
    guard let types = try? feedTypes(batch: batch) else { return false }
    return (try? TypeInference(self, feeds: types)) != nil
  }
}
