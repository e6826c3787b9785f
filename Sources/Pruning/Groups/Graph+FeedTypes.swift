import Files
import Graph
import Operators
import Tensors

extension Graph {
  /// The types of the inputs when axes of unknown size, the batch first of all, are of size `batch`.
  ///
  /// - Throws: `DataError` for an input whose number of axes or element type the file does not say.
  public func feedTypes(batch: Int) throws -> [String: TensorType] {
    var types: [String: TensorType] = [:]
    for feed in feeds {
      guard let dimensions = feed.dimensions, let elementType = feed.elementType else {
        throw DataError("input \"\(feed.name)\"", "has no declared shape", remedy: "run shape inference when exporting")
      }
      types[feed.name] = TensorType(Shape(dimensions.map { $0.size ?? batch }), elementType)
    }
    return types
  }
}
