import EspalierExecution
import EspalierFiles
import EspalierOperators
import EspalierTensors

/// The file format of one batch of a ``StoredActivations``.
struct StoredActivationFile: FileState {
  /// A value, with its elements in storage order.
  private struct Value: Codable, Sendable {
    let elements: Tensor
    let isChannelsLast: Bool
  }

  private struct Origin: Codable, Sendable {
    let shape: [Int]
    let elementType: ElementType
  }

  static let kind = "batch of a pruning state"
  static let version = 1

  /// The pruning that the state belongs to.
  let origin: StateOrigin
  private let values: [String: Value]
  private let inputs: [String: Origin]
  private let sampleCount: Int

  /// The file for `batch`, of a state of `origin`.
  init(_ batch: StoredActivationBatch, origin: StateOrigin) {
    self.origin = origin
    values = batch.values.mapValues {
      Value(
        elements: Tensor(shape: $0.type.shape, elementType: $0.type.elementType, storage: $0.storage),
        isChannelsLast: $0.order == .channelsLast)
    }
    inputs = batch.origin.mapValues { Origin(shape: $0.shape.sizes, elementType: $0.elementType) }
    sampleCount = batch.sampleCount
  }

  /// The batch of a state of `origin`.
  ///
  /// - Parameter path: The path of the file, for messages.
  /// - Throws: `EspalierError` if it belongs to another state, or holds an invalid shape.
  func batch(of origin: StateOrigin, _ path: String) throws(EspalierError) -> StoredActivationBatch {
    guard self.origin == origin else {
      throw EspalierError(
        .file, path, "belongs to another pruning", remedy: "take all files of one state, or begin anew")
    }
    var types: [String: TensorType] = [:]
    for (name, input) in inputs {
      guard let shape = Shape(checking: input.shape) else {
        throw EspalierError(.file, path, "claims the impossible shape \(input.shape)")
      }
      types[name] = TensorType(shape, input.elementType)
    }
    let values = values.mapValues {
      StoredValue(
        TensorType(of: $0.elements), order: $0.isChannelsLast ? .channelsLast : .plain, storage: $0.elements.storage)
    }
    return StoredActivationBatch(values: values, origin: types, sampleCount: sampleCount)
  }
}
