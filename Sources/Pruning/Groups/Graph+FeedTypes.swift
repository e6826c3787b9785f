import Files
import Graph
import Operators
import Tensors

extension Graph {
  /// The types of the inputs when axes of unknown size are given one: the first axis `batch`, and inner axes the smallest of a few
  /// sizes with which all shapes work out, since windows and strides need room.
  ///
  /// - Throws: `DataError` for an input whose number of axes or element type the file does not say.
  /// - Complexity: an inference of types for each size tried, none where only the first axis is unknown.
  public func feedTypes(batch: Int) throws -> [String: TensorType] {
    let usual = try feedTypes(batch: batch, inner: batch)
    let isInnerKnown = feeds.allSatisfy { $0.dimensions?.dropFirst().allSatisfy { $0.size != nil } ?? true }
    if isInnerKnown { return usual }
    let candidates = try [usual] + Self.innerSizes.map { try feedTypes(batch: batch, inner: $0) }
    return candidates.first { (try? TypeInference(self, feeds: $0)) != nil } ?? usual
  }

  /// A few steps up to the size of an ordinary image.
  private static let innerSizes = [16, 64, 224, 640]

  private func feedTypes(batch: Int, inner: Int) throws -> [String: TensorType] {
    var types: [String: TensorType] = [:]
    for feed in feeds {
      guard let dimensions = feed.dimensions, let elementType = feed.elementType else {
        throw DataError("input \"\(feed.name)\"", "has no declared shape", remedy: "run shape inference when exporting")
      }
      let sizes = dimensions.enumerated().map { axis, dimension in dimension.size ?? (axis == 0 ? batch : inner) }
      types[feed.name] = TensorType(Shape(sizes), elementType)
    }
    return types
  }
}
