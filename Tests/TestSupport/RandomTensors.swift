import EspalierFiles
import EspalierTensors

extension Tensor {
  /// Numbers of magnitude 0.5 to 1.5 and either sign: away from the kinks and poles of the usual functions at 0.
  package static func random(_ shape: Shape, _ generator: inout SeededGenerator) -> Tensor {
    let values = (0..<shape.elementCount).map { _ in
      Float((0.5 + generator.uniform()) * (generator.next() & 1 == 0 ? 1 : -1))
    }
    return Tensor(shape: shape, values)
  }

  /// The largest difference of an element from that of `other`, relative to 1 or to the larger of the two.
  ///
  /// Infinite where the shapes differ; two elements that are not a number count as equal.
  package func distance(from other: Tensor) -> Double {
    guard shape == other.shape, let own = doubles(), let others = other.doubles() else { return .infinity }
    return zip(own, others).reduce(0) { worst, pair in
      if pair.0.isNaN && pair.1.isNaN || pair.0 == pair.1 { return worst }
      let distance = abs(pair.0 - pair.1) / max(1, abs(pair.0), abs(pair.1))
      return distance.isNaN ? .infinity : max(worst, distance)
    }
  }
}

/// The `EspalierError` that `body` throws; `nil` if it throws nothing or something else.
package func anyDataError(_ body: () throws -> Void) -> EspalierError? {
  do {
    try body()
    return nil
  } catch { return error as? EspalierError }
}
