import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierOperators
import EspalierTensors

extension Graph {
  /// The types of the inputs with open axes given sizes: the first axis `batch`, and inner axes the smallest of a few
  /// sizes for which all shapes can be inferred, since windows and strides need room.
  ///
  /// - Throws: `EspalierError` for an input whose rank or element type the file leaves open.
  /// - Complexity: one type inference for each size tried, none if only the first axis is open.
  package func feedTypes(batch: Int) throws(EspalierError) -> [String: TensorType] {
    let usual = try feedTypes(batch: batch, inner: batch)
    let isInnerKnown = feeds.allSatisfy { $0.dimensions?.dropFirst().allSatisfy { $0.size != nil } ?? true }
    if isInnerKnown { return usual }
    let candidates =
      try [usual] + Self.innerSizes.map { (size) throws(EspalierError) in try feedTypes(batch: batch, inner: size) }
    return candidates.first { (try? TypeInference(self, feeds: $0)) != nil } ?? usual
  }

  /// The same with other sizes: comparing the two shows which values depend on the open sizes. Equal to `types` if no
  /// other sizes are valid, as for a network without open axes.
  func otherFeedTypes(than types: [String: TensorType], batch: Int) -> [String: TensorType] {
    let inner = [batch] + Self.innerSizes.map { $0 + $0 / 2 } + Self.innerSizes
    let candidates = inner.compactMap { try? feedTypes(batch: batch, inner: $0) }
    let others = candidates.filter { $0 != types && isOpenOtherwise(in: $0, than: types) }
    return others.first { (try? TypeInference(self, feeds: $0)) != nil } ?? types
  }

  /// Whether all open inner axes have different sizes in `types` and `others`.
  private func isOpenOtherwise(in types: [String: TensorType], than others: [String: TensorType]) -> Bool {
    feeds.allSatisfy { feed in
      (feed.dimensions ?? []).enumerated().dropFirst().allSatisfy { axis, dimension in
        dimension.size != nil || types[feed.name]?.shape[axis] != others[feed.name]?.shape[axis]
      }
    }
  }

  /// A few sizes, up to that of an ordinary image.
  private static let innerSizes = [16, 64, 224, 640]

  /// The types of the inputs with the first axis `batch` and every other open axis `inner`, such as the length of a
  /// sequence.
  ///
  /// - Throws: `EspalierError` as ``feedTypes(batch:)`` does.
  package func feedTypes(batch: Int, inner: Int) throws(EspalierError) -> [String: TensorType] {
    var types: [String: TensorType] = [:]
    for feed in feeds {
      guard let dimensions = feed.dimensions, let elementType = feed.elementType else {
        throw EspalierError(
          .model, "input \"\(feed.name)\"", "has no declared shape", remedy: "run shape inference when exporting")
      }
      let sizes = dimensions.enumerated().map { axis, dimension in dimension.size ?? (axis == 0 ? batch : inner) }
      types[feed.name] = TensorType(Shape(sizes), elementType)
    }
    return types
  }
}
