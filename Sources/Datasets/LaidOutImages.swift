import EspalierFiles
import EspalierTensors

/// Images with axes in the order that the user requested, which no network's declaration changes.
struct LaidOutImages: Dataset {
  /// The syntax of the option.
  static let form = "[,layout=nchw|nhwc]"

  private let base: any Dataset
  private let layout: ImageLayout

  /// `images`, of shape C x H x W, in `layout`; unchanged if `nil`.
  static func dataset(_ images: any Dataset, _ layout: ImageLayout?) -> any Dataset {
    layout.map { LaidOutImages(base: images, layout: $0) } ?? images
  }

  private init(base: any Dataset, layout: ImageLayout) {
    self.base = base
    self.layout = layout
  }

  var name: String { base.name }
  var count: Int { base.count }
  var classCount: Int? { base.classCount }
  var skipped: [EspalierError] { base.skipped }
  var axes: SampleAxes { .stated }
  var sampleShape: Shape {
    layout == .channelsLast ? base.sampleShape.movingChannelsLast ?? base.sampleShape : base.sampleShape
  }

  func samples(at indices: [Int]) throws(EspalierError) -> Batch { laidOut(try base.samples(at: indices)) }

  func stream(_ order: [Int]?, epoch: Int, batchSize: Int) throws(EspalierError) -> any BatchStream {
    LaidOutStream(self, try base.stream(order, epoch: epoch, batchSize: batchSize))
  }

  func augmented(seed: UInt64) -> any Dataset { LaidOutImages(base: base.augmented(seed: seed), layout: layout) }

  func representativeIndices(_ count: Int) -> [Int] { base.representativeIndices(count) }

  func fingerprints(of indices: [Int]) -> [SampleFingerprint?] { base.fingerprints(of: indices) }

  func cluster(of index: Int) -> Int? { base.cluster(of: index) }

  fileprivate func laidOut(_ batch: Batch) -> Batch {
    guard layout == .channelsLast else { return batch }
    var batch = batch
    batch[Batch.samples] = batch[Batch.samples].movingChannelsLast()
    return batch
  }
}

/// The batches of another stream, in the layout.
private final class LaidOutStream: BatchStream {
  private let images: LaidOutImages
  private let base: any BatchStream

  init(_ images: LaidOutImages, _ base: any BatchStream) {
    self.images = images
    self.base = base
  }

  func next() throws(EspalierError) -> Batch? { try base.next().map(images.laidOut) }
}
