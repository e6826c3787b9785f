import EspalierDatasets
import EspalierFiles
import EspalierTensors

/// Calibration data as the inputs of a network, with labels where a loss needs them.
struct GateSamples {
  /// The inputs of one batch, and the class of each sample.
  typealias Labelled = (inputs: [String: Tensor], labels: [Int]?)

  /// The number of classes, if labels are needed.
  let classCount: Int?
  private let data: any CalibrationData
  private let labelled: DatasetCalibration?

  /// The samples of `data`.
  ///
  /// - Throws: `EspalierError`, a refusal, if labels are needed and the data has none.
  init(_ data: any CalibrationData, needLabels: Bool) throws(EspalierError) {
    self.data = data
    guard needLabels else {
      (classCount, labelled) = (nil, nil)
      return
    }
    guard let own = data as? DatasetCalibration, let count = own.dataset.classCount else {
      throw EspalierError(
        refusal: "\(data.name) has no labels, and the method \(Taylor.identifier) needs the class of each calibration "
          + "sample; give labelled data, or choose \(OutputFisher.identifier), which needs none")
    }
    (classCount, labelled) = (count, own)
  }

  /// A function that returns one batch after another, and `nil` after the last.
  ///
  /// - Throws: `EspalierError` if the data cannot be read.
  func batches(of size: Int) throws(EspalierError) -> () throws(EspalierError) -> Labelled? {
    guard let labelled else {
      let stream = try data.batches(of: size)
      return { () throws(EspalierError) in try stream.next().map { ($0, nil) } }
    }
    let (dataset, adapter) = (labelled.dataset, labelled.adapter)
    let stream = try dataset.stream(batchSize: size)
    return { () throws(EspalierError) in try stream.next().map { (adapter($0), $0.labels) } }
  }
}
