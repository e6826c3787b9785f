import Tensors

/// The unlabelled inputs that pruning looks at, batch by batch, in a fixed order.
public protocol CalibrationData: Sendable {
  /// What messages call the data.
  var name: String { get }

  /// How many samples there are.
  var count: Int { get }

  /// Calls `body` with one batch after another: for each input of the network, a tensor whose first axis is the batch. All
  /// batches but the last have `size` samples.
  ///
  /// - Throws: `EspalierError` if the data cannot be read, and whatever `body` throws.
  func forEachBatch(of size: Int, _ body: ([String: Tensor]) throws -> Void) throws
}

/// Calibration inputs that are in memory already.
public struct InMemoryCalibration: CalibrationData {
  /// What messages call the data.
  public let name: String
  /// The inputs of the network, by name, all samples behind each other along the first axis.
  public let inputs: [String: Tensor]

  /// Calibration on these inputs.
  public init(_ inputs: [String: Tensor], name: String = "calibration data") {
    self.inputs = inputs
    self.name = name
  }

  /// How many samples there are.
  public var count: Int { inputs.values.map { $0.shape.first ?? 0 }.min() ?? 0 }

  /// Slices of the tensors.
  public func forEachBatch(of size: Int, _ body: ([String: Tensor]) throws -> Void) throws {
    for start in stride(from: 0, to: count, by: size) {
      let range = Array(start..<min(start + size, count))
      try body(inputs.mapValues { $0.taking(range, along: 0) })
    }
  }
}
