import EspalierFiles
import EspalierTensors

/// The unlabelled inputs that pruning looks at, batch by batch, in a fixed order.
package protocol CalibrationData: Sendable {
  /// What messages call the data.
  var name: String { get }

  /// How many samples there are.
  var count: Int { get }

  /// All samples in their order. All batches but the last have `size` samples.
  ///
  /// - Throws: `EspalierError` if the data cannot be read.
  func batches(of size: Int) throws(EspalierError) -> any CalibrationStream
}

/// Calibration inputs, batch after batch. One thread at a time.
package protocol CalibrationStream: AnyObject {
  /// The next batch, for each input of the network a tensor whose first axis is the batch; `nil` after the last.
  ///
  /// - Throws: `EspalierError` if the data cannot be read.
  func next() throws(EspalierError) -> [String: Tensor]?
}

/// Calibration inputs that are in memory already.
package struct InMemoryCalibration: CalibrationData {
  /// What messages call the data.
  package let name: String
  /// The inputs of the network, by name, all samples behind each other along the first axis.
  package let inputs: [String: Tensor]

  /// Calibration on these inputs.
  package init(_ inputs: [String: Tensor], name: String = "calibration data") {
    self.inputs = inputs
    self.name = name
  }

  /// How many samples there are.
  package var count: Int { inputs.values.map { $0.shape.first ?? 0 }.min() ?? 0 }

  /// Slices of the tensors.
  package func batches(of size: Int) -> any CalibrationStream { InMemoryStream(self, size: size) }
}

/// Slices of tensors in memory.
private final class InMemoryStream: CalibrationStream {
  private let data: InMemoryCalibration
  private let size: Int
  private var position = 0

  init(_ data: InMemoryCalibration, size: Int) {
    self.data = data
    self.size = size
  }

  func next() -> [String: Tensor]? {
    let range = Array(position..<min(position + size, data.count))
    position += range.count
    return range.isEmpty ? nil : data.inputs.mapValues { $0.taking(range, along: 0) }
  }
}
