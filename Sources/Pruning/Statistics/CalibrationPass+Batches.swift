import EspalierEngine
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierTensors

extension CalibrationPass {
  /// What intermediate values of one run may take: enough for products to be efficient, little beside the weights.
  private static let arenaLimit = 256 << 20

  /// A batch of at most `limit` samples, as large as intermediate values stay within their memory; what does not grow with the batch,
  /// such as a Gram matrix, is not counted. A network that says its batch takes just that, since shapes inside of
  /// it may say the same; one that takes no more than one takes one.
  ///
  /// Memory is nearly proportional to the batch once what grows outweighs what does not, so the search begins at `limit` and goes down.
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

  /// The same for `count` samples: where that costs less than half of the size, one that leaves no smaller batch at the end, for which
  /// everything would have to be compiled once more. A size that the network states itself is left as it is.
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
