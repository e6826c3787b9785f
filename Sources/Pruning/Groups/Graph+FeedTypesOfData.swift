import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierOperators
import EspalierTensors

extension Graph {
  /// The types of the inputs for a batch of `batch` samples, with the sizes of `data` on inner axes that the file leaves
  /// open; without data, with sizes that are valid (``feedTypes(batch:)``).
  ///
  /// - Throws: `EspalierError` as ``feedTypes(batch:)`` does.
  package func feedTypes(batch: Int, like data: (any CalibrationData)?) throws(EspalierError) -> [String: TensorType] {
    try feedTypes(batch: batch, shapes: data.map { openShapes(batch: batch, like: $0) } ?? [:])
  }

  /// The shapes, with the sizes of `data`, of the inputs that the file leaves inner axes of open; of the greatest length
  /// if lengths differ.
  package func openShapes(batch: Int, like data: any CalibrationData) -> [String: Shape] {
    let types = data.feedTypes(count: batch)
    var shapes: [String: Shape] = [:]
    for feed in feeds {
      guard let declared = feed.dimensions, let own = types[feed.name]?.shape, own.rank == declared.count,
        declared.dropFirst().contains(where: { $0.size == nil })
      else { continue }
      shapes[feed.name] = Shape(zip(declared, own).map { $0.size ?? $1 })
    }
    return shapes
  }
}
