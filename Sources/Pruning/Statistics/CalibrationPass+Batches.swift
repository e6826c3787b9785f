import Engine
import Graph
import Operators
import Tensors

extension CalibrationPass {
  /// What intermediate values of one run may take: enough for products to be efficient, little beside the weights.
  private static let arenaLimit = 256 << 20

  /// The largest batch of at most `limit` samples whose intermediate values stay within their memory; what does not grow with the
  /// batch, such as a Gram matrix, is not counted. A network that says its batch takes no more than that, since shapes inside of
  /// it may say the same.
  func batchSize(atMost limit: Int) throws -> Int {
    guard let one = try? graph.feedTypes(batch: 1) else { return limit }
    let stated = graph.feeds.compactMap { $0.dimensions?.first?.size }.min() ?? limit
    let two = one.mapValues { type in
      type.shape.isEmpty ? type : TensorType(type.shape.replacing(axis: 0, with: 2 * type.shape[0]), type.elementType)
    }
    let single = try arenaByteCount(one)
    // A network may fix its batch.
    let double = (try? arenaByteCount(two)) ?? 2 * single
    return max(1, min(limit, stated, Self.arenaLimit / max(double - single, 1)))
  }

  /// The same for `count` samples: where that costs less than half of the size, one that leaves no smaller batch at the end, for which
  /// everything would have to be compiled once more. A size that the network states itself is left as it is.
  func batchSize(atMost limit: Int, of count: Int) throws -> Int {
    let largest = try batchSize(atMost: min(limit, max(count, 1)))
    guard graph.feeds.allSatisfy({ $0.dimensions?.first?.size == nil }) else { return largest }
    return ((largest + 1) / 2...largest).last { count.isMultiple(of: $0) } ?? largest
  }

  private func arenaByteCount(_ feeds: [String: TensorType]) throws -> Int {
    let part = try part(from: feeds, origin: feeds)
    return try Plan(part.graph, feeds: part.feeds, results: part.results).arenaByteCount
  }
}
