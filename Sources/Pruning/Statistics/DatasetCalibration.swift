import Datasets
import Files
import Graph
import Tensors

/// Calibration inputs streamed from a data set; labels, where there are any, are not looked at.
public struct DatasetCalibration: CalibrationData {
  private let dataset: any Dataset
  private let adapter: InputAdapter

  /// The samples of `dataset` as inputs of `graph`, which must have exactly one.
  ///
  /// - Throws: `DataError` if the samples do not fit the input.
  public init(_ dataset: any Dataset, for graph: Graph) throws {
    guard graph.feeds.count == 1, let feed = graph.feeds.first else {
      throw DataError(
        dataset.name, "feeds one input, and the network has \(graph.feeds.count)",
        remedy: "give one file an input, as INPUT=FILE.npy")
    }
    adapter = try InputAdapter(dataset, to: feed.name, dimensions: feed.dimensions?.map(\.size) ?? [])
    self.dataset = dataset
  }

  /// What messages call the data.
  public var name: String { dataset.name }

  /// How many samples there are.
  public var count: Int { dataset.count }

  /// Streams the samples in file order.
  public func forEachBatch(of size: Int, _ body: ([String: Tensor]) throws -> Void) throws {
    let stream = try dataset.stream(batchSize: size)
    while let batch = try stream.next() { try body([adapter.input: adapter(batch)]) }
  }
}
