import EspalierFiles
import EspalierTensors

/// Several data sets whose samples are paired by index, each under the name of a network's input: two images of one
/// scene, an image and its depth.
///
/// Labels are those of the first data set that has any. Images are augmented if all parts are images, with the same
/// random numbers for all, so that images of equal sizes are cut and flipped alike.
package struct JoinedDataset: Dataset {
  /// A data set under the name of its field.
  package typealias Part = (field: String, dataset: any Dataset)

  /// The name in reports and errors.
  package let name: String
  /// The tensors, one for each part.
  package let fields: [SampleField]
  private let sources: [Part]

  /// Joins `parts`, at least one.
  ///
  /// - Parameter name: The name in messages; by default those of the parts.
  /// - Throws: `EspalierError` if the numbers of samples differ, or a part has several fields and none of the name.
  package init(_ parts: [Part], name: String? = nil) throws(EspalierError) {
    precondition(!parts.isEmpty, "joined data has at least one part")
    let count = parts.lazy.filter { !($0.dataset is RepeatedValue) }.first?.dataset.count ?? 1
    let parts = parts.map { (part) -> Part in
      guard var value = part.dataset as? RepeatedValue else { return part }
      value.count = count
      return (part.field, value)
    }
    for part in parts where part.dataset.count != parts[0].dataset.count {
      throw EspalierError(
        .data, part.dataset.name,
        "has \(part.dataset.count) samples, and \(parts[0].dataset.name) has \(parts[0].dataset.count)",
        remedy: "give as many of each, in the same order")
    }
    self.name = name ?? parts.map(\.dataset.name).listed()
    sources = parts
    fields = try parts.map { (part) throws(EspalierError) in
      let (own, dataset) = (Self.ownField(of: part), part.dataset)
      guard let field = dataset.fields.first(where: { $0.name == own }) else {
        throw EspalierError(
          .data, dataset.name, "has no field \(part.field)", remedy: "it has \(dataset.fieldNames.listed())")
      }
      return SampleField(part.field, field.shape, field.axes)
    }
  }

  /// The name of a part's field in its own data.
  private static func ownField(of part: Part) -> String { part.dataset.isOneTensor ? Batch.samples : part.field }

  /// The number of samples.
  package var count: Int { sources[0].dataset.count }

  /// The shape of the first part's tensor.
  package var sampleShape: Shape { fields[0].shape }

  /// The number of classes of the first part with labels.
  package var classCount: Int? { labelled?.dataset.classCount }

  /// The lengths of the first part whose samples differ in length.
  package var lengths: [Int]? { sources.lazy.compactMap(\.dataset.lengths).first }

  /// The parts (languages) of the first data set that has any.
  package var parts: [String]? { sources.lazy.compactMap(\.dataset.parts).first }

  /// The faults of the samples skipped so far.
  package var skipped: [EspalierError] { sources.flatMap(\.dataset.skipped) }

  private var labelled: Part? { sources.first { $0.dataset.classCount != nil } }

  /// The samples at `indices`.
  ///
  /// - Throws: `EspalierError` if one cannot be read, or has different labels in two parts.
  package func samples(at indices: [Int]) throws(EspalierError) -> Batch {
    try joined(sources.map { (part) throws(EspalierError) in try part.dataset.samples(at: indices) })
  }

  /// The samples in `order`, each part streamed on its own.
  package func stream(_ order: [Int]?, epoch: Int, batchSize: Int) throws(EspalierError) -> any BatchStream {
    JoinedStream(
      self,
      try sources.map { (part) throws(EspalierError) in
        try part.dataset.stream(order, epoch: epoch, batchSize: batchSize)
      })
  }

  /// All parts augmented by the same seed, if all are images.
  package func augmented(seed: UInt64) -> any Dataset {
    guard fields.allSatisfy({ [.image, .stated].contains($0.axes) }) else { return self }
    return replacing { $0.augmented(seed: seed) }
  }

  /// Those of the first part.
  package func representativeIndices(_ count: Int) -> [Int] { sources[0].dataset.representativeIndices(count) }

  /// A sample is a copy of another if it is one in all parts.
  package func fingerprints(of indices: [Int]) -> [SampleFingerprint?] {
    var joined = [SampleFingerprint?](repeating: SampleFingerprint(), count: indices.count)
    for part in sources {
      for (place, own) in part.dataset.fingerprints(of: indices).enumerated() {
        if let own { joined[place]?.add(own) } else { joined[place] = nil }
      }
    }
    return joined
  }

  /// That of the first part.
  package func cluster(of index: Int) -> Int? { sources[0].dataset.cluster(of: index) }

  /// The same fields of changed data sets, whose fields and counts are the same.
  private func replacing(_ change: (any Dataset) -> any Dataset) -> JoinedDataset {
    JoinedDataset(name: name, fields: fields, parts: sources.map { ($0.field, change($0.dataset)) })
  }

  private init(name: String, fields: [SampleField], parts: [Part]) {
    (self.name, self.fields, sources) = (name, fields, parts)
  }

  /// The error for a sample that one part lacks.
  fileprivate var unpaired: EspalierError {
    EspalierError(.data, name, "go together, and samples of one had to be skipped", remedy: "remove these from all")
  }

  /// One batch of the parts' batches.
  fileprivate func joined(_ batches: [Batch]) throws(EspalierError) -> Batch {
    var joined = Batch([:], labels: nil, indices: batches[0].indices)
    for (part, batch) in zip(sources, batches) {
      guard batch.indices == joined.indices else { throw unpaired }
      guard joined.labels == nil || batch.labels == nil || joined.labels == batch.labels else {
        throw EspalierError(
          .data, name, "go together, and have different labels", remedy: "give labels with one of them alone")
      }
      joined.labels = joined.labels ?? batch.labels
      joined[part.field] = batch[Self.ownField(of: part)]
    }
    return joined
  }
}

/// The batches of several data sets, paired by index.
private final class JoinedStream: BatchStream {
  private let dataset: JoinedDataset
  private let streams: [any BatchStream]

  init(_ dataset: JoinedDataset, _ streams: [any BatchStream]) {
    self.dataset = dataset
    self.streams = streams
  }

  func next() throws(EspalierError) -> Batch? {
    var batches: [Batch] = []
    for stream in streams {
      guard let batch = try stream.next() else { continue }
      batches.append(batch)
    }
    guard !batches.isEmpty else { return nil }
    guard batches.count == streams.count else { throw dataset.unpaired }
    return try dataset.joined(batches)
  }
}
