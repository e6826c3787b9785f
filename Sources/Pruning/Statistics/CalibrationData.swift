import EspalierDatasets
import EspalierFiles
import EspalierOperators
import EspalierProcesses
import EspalierTensors

/// The unlabelled inputs for pruning, batch by batch, in a fixed order.
package protocol CalibrationData: Sendable {
  /// The name of the data in messages.
  var name: String { get }

  /// The number of samples.
  var count: Int { get }

  /// Whether batches come sorted by the length of their samples instead of in the order of the data.
  var isSortedByLength: Bool { get }

  /// The types of a batch of `count` samples by the inputs' names, of the greatest length if lengths differ; none if
  /// they are not known before the data are read.
  func feedTypes(count: Int) -> [String: TensorType]

  /// All samples in order. All batches but the last have `size` samples.
  ///
  /// - Throws: `EspalierError` if the data cannot be read.
  func batches(of size: Int) throws(EspalierError) -> any CalibrationStream

  /// The same batches dealt to the processes of a group, one each in a round.
  ///
  /// - Throws: `EspalierError` if the data cannot be read.
  func batches(of size: Int, among processes: any ProcessGroup) throws(EspalierError) -> any SharedCalibrationStream
}

extension CalibrationData {
  package var isSortedByLength: Bool { false }

  /// By default, they are not known.
  package func feedTypes(count: Int) -> [String: TensorType] { [:] }

  /// By default, every process reads all batches and keeps its own.
  package func batches(
    of size: Int, among processes: any ProcessGroup
  ) throws(EspalierError) -> any SharedCalibrationStream {
    DealtCalibration(try batches(of: size), among: processes)
  }
}

/// A stream of batches of calibration inputs, for use by one thread at a time.
package protocol CalibrationStream: AnyObject {
  /// The next batch, one tensor per network input with the batch as its first axis; `nil` after the last.
  ///
  /// - Throws: `EspalierError` if the data cannot be read.
  func next() throws(EspalierError) -> [String: Tensor]?
}

/// Calibration inputs in memory.
package struct InMemoryCalibration: CalibrationData {
  /// The name of the data in messages.
  package let name: String
  /// The inputs of the network by name, with the samples along the first axis.
  package let inputs: [String: Tensor]

  /// Calibration on these inputs.
  package init(_ inputs: [String: Tensor], name: String = "calibration data") {
    self.inputs = inputs
    self.name = name
  }

  /// The number of samples.
  package var count: Int { inputs.values.map { $0.shape.first ?? 0 }.min() ?? 0 }

  /// The types of slices of the tensors.
  package func feedTypes(count: Int) -> [String: TensorType] {
    inputs.mapValues { TensorType($0.shape.replacing(axis: 0, with: count), $0.elementType) }
  }

  /// Batches as slices of the tensors.
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
