import EspalierDatasets
import EspalierFiles
import EspalierGraph
import EspalierTensors

/// Calibration inputs streamed from data sets, one for each input of the network; labels are ignored.
package struct DatasetCalibration: CalibrationData {
  let sources: [(dataset: any Dataset, adapter: InputAdapter)]

  /// The samples of these data sets, which are paired by index.
  init(sources: [(dataset: any Dataset, adapter: InputAdapter)]) {
    self.sources = sources
  }

  /// The samples of `dataset` as inputs of `graph`: of its only input, or of all if samples have several fields.
  ///
  /// - Throws: `EspalierError` if the samples do not fit the input.
  package init(_ dataset: any Dataset, for graph: Graph) throws(EspalierError) {
    guard graph.feeds.count == 1 || !dataset.isOneTensor else {
      throw EspalierError(
        .data,
        dataset.name, "feeds one input, and the network has \(graph.feeds.count)",
        remedy: "give one file an input, as INPUT=FILE.npy")
    }
    sources = [(dataset, try InputAdapter(dataset, to: graph.feeds.map { DeclaredInput($0, of: graph) }))]
  }

  /// The samples of several data sets, keyed by the input of `graph` they feed, paired by index.
  ///
  /// - Throws: `EspalierError` if an input has no data, data has no input, or shapes or counts do not fit.
  package init(_ datasets: [String: any Dataset], for graph: Graph) throws(EspalierError) {
    if let stranger = datasets.keys.sorted().first(where: { name in !graph.feeds.contains { $0.name == name } }) {
      throw EspalierError(
        .model, "input \"\(stranger)\"", "does not exist",
        remedy: "the inputs are: " + graph.feeds.map(\.name).joined(separator: ", "))
    }
    sources = try graph.feeds.map { (feed) throws(EspalierError) in
      guard let dataset = datasets[feed.name] else {
        throw EspalierError(.model, "input \"\(feed.name)\"", "is given no data")
      }
      return (dataset, try InputAdapter(dataset, to: [DeclaredInput(feed, of: graph)]))
    }
    for (dataset, _) in sources where dataset.count != sources[0].dataset.count {
      throw EspalierError(
        .data, dataset.name,
        "has \(dataset.count) samples, and \(sources[0].dataset.name) has \(sources[0].dataset.count)")
    }
  }

  /// The name of the data in messages.
  package var name: String { sources.map(\.dataset.name).joined(separator: ", ") }

  /// The number of samples.
  package var count: Int { sources.first?.dataset.count ?? 0 }

  package var isSortedByLength: Bool { sources.contains { $0.dataset.lengths != nil } }

  /// The error of each sample skipped so far.
  package var skipped: [EspalierError] { sources.flatMap(\.dataset.skipped) }

  /// Streams the samples in file order, or sorted by length if lengths differ, to reduce padding.
  package func batches(of size: Int) throws(EspalierError) -> any CalibrationStream {
    let streams = try sources.map { (source) throws(EspalierError) in
      let (dataset, adapter) = source
      let order = dataset.lengths.map { LengthBuckets($0, batchSize: size).order(Array(0..<dataset.count)) }
      return (adapter, try dataset.stream(order, epoch: 0, batchSize: size))
    }
    return JoinedStreams(streams, name: name)
  }
}

/// The batches of several data sets, paired by index.
private final class JoinedStreams: CalibrationStream {
  private let streams: [(adapter: InputAdapter, stream: any BatchStream)]
  private let name: String

  init(_ streams: [(adapter: InputAdapter, stream: any BatchStream)], name: String) {
    self.streams = streams
    self.name = name
  }

  func next() throws(EspalierError) -> [String: Tensor]? {
    var inputs: [String: Tensor] = [:]
    var indices: [Int]?
    for (adapter, stream) in streams {
      guard let batch = try stream.next() else { return nil }
      guard batch.indices == indices ?? batch.indices else {
        throw EspalierError(
          .data, name, "go together, and samples of one had to be skipped", remedy: "remove these from all")
      }
      indices = batch.indices
      inputs.merge(adapter(batch)) { _, new in new }
    }
    return inputs.isEmpty ? nil : inputs
  }
}

extension DeclaredInput {
  /// `input` of `graph` as data sees it.
  fileprivate init(_ input: ValueInfo, of graph: Graph) {
    self.init(
      input.name, input.elementType ?? .float32, dimensions: input.dimensions?.map(\.size) ?? [],
      layout: ImageLayout(channelAxis: graph.channelAxis(ofInput: input.name)))
  }
}
