import EspalierEngine
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierTensors

extension CalibrationPass {
  /// The most bytes of intermediate values in one run: enough for efficient products, little beside the weights.
  private static let arenaLimit = 256 << 20

  /// The largest batch of at most `limit` samples whose intermediate values fit into their memory; values that do not
  /// grow with the batch, such as a Gram matrix, are not counted. A network with a fixed batch size gets exactly that
  /// size, since shapes inside it may depend on it; a network limited to one sample gets one.
  ///
  /// Memory is nearly proportional to the batch once the growing part dominates, so the search starts at `limit` and
  /// goes down.
  func batchSize(atMost limit: Int) throws(EspalierError) -> Int {
    guard let one = try? graph.feedTypes(batch: 1) else { return limit }
    if let stated = graph.feeds.compactMap({ $0.dimensions?.first?.size }).min() { return max(1, min(limit, stated)) }
    let fixed = try arenaByteCount(one)
    var size = max(1, limit)
    while size > 1 {
      let batch = one.mapValues { type in
        type.shape.isEmpty
          ? type : TensorType(type.shape.replacing(axis: 0, with: size * type.shape[0]), type.elementType)
      }
      guard let growing = (try? arenaByteCount(batch)).map({ $0 - fixed }) else { return 1 }
      if growing <= Self.arenaLimit { break }
      size = max(1, min(size - 1, (size - 1) * Self.arenaLimit / growing))
    }
    return size
  }

  /// The same for `count` samples: if that costs less than half of the size, a size that leaves no smaller last batch,
  /// which would have to be compiled separately. A batch size fixed by the network is left unchanged.
  func batchSize(atMost limit: Int, of count: Int) throws(EspalierError) -> Int {
    let largest = try batchSize(atMost: min(limit, max(count, 1)))
    guard graph.feeds.allSatisfy({ $0.dimensions?.first?.size == nil }) else { return largest }
    return ((largest + 1) / 2...largest).last { count.isMultiple(of: $0) } ?? largest
  }

  private func arenaByteCount(_ feeds: [String: TensorType]) throws(EspalierError) -> Int {
    let part = try part(from: feeds, origin: feeds)
    return try Plan(part.graph, feeds: part.feeds, results: part.results).arenaByteCount
  }
}
