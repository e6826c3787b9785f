import EspalierFiles
import EspalierImages
import EspalierTensors

/// Grey images converted to the input of image networks: centred in a larger black square, repeated for each channel
/// and normalised; for training, shifted and flipped at random.
struct GreyImages: Dataset {
  /// The conversion of an image to a sample.
  struct Placement: Hashable, Sendable {
    /// Rows and columns of the sample.
    var size: PixelSize
    /// The number of channels to which the levels are repeated.
    var channels: Int
    /// The normalisation; a sample of one channel uses the first of its numbers.
    var normalization: Normalization
    /// The maximum shift in pixels for training, where every other sample is also flipped; 0 for no augmentation.
    var shift: Int
  }

  private let base: any Dataset
  private let placement: Placement
  private var seed: UInt64?

  /// The samples of `base`, of shape 1 x rows x columns, no larger than the placement.
  init(_ base: any Dataset, placement: Placement) {
    self.base = base
    self.placement = placement
  }

  var name: String { base.name }
  var count: Int { base.count }
  var classCount: Int? { base.classCount }
  var skipped: [EspalierError] { base.skipped }
  var axes: SampleAxes { .image }
  var sampleShape: Shape { [placement.channels, placement.size.height, placement.size.width] }

  func samples(at indices: [Int]) throws(EspalierError) -> Batch { placed(try base.samples(at: indices), epoch: 0) }

  func stream(_ order: [Int]?, epoch: Int, batchSize: Int) throws(EspalierError) -> any BatchStream {
    PlacedStream(self, try base.stream(order, epoch: epoch, batchSize: batchSize), epoch: epoch)
  }

  func fingerprints(of indices: [Int]) -> [SampleFingerprint?] { base.fingerprints(of: indices) }

  func augmented(seed: UInt64) -> any Dataset {
    guard placement.shift > 0 else { return self }
    var copy = self
    copy.seed = seed
    return copy
  }

  /// `batch` with every image converted. Complexity: one pass over the result.
  fileprivate func placed(_ batch: Batch, epoch: Int) -> Batch {
    let images = batch[Batch.samples].elements(as: Float.self)
    let (rows, columns) = (base.sampleShape[1], base.sampleShape[2])
    let (size, channels) = (placement.size, placement.channels)
    let (top, left) = ((size.height - rows) / 2, (size.width - columns) / 2)
    var placed = [Float](repeating: 0, count: batch.count * sampleShape.elementCount)
    for (position, index) in batch.indices.enumerated() {
      let shift = seed.map { seed in
        var generator = SeededGenerator(seed: seed, epoch: epoch, sample: index)
        return RandomShift(padding: placement.shift, using: &generator)
      }
      for row in 0..<size.height {
        for column in 0..<size.width {
          var from = (row: row, column: column)
          if let shift {
            guard let source = shift.source(row: row, column: column, of: size) else { continue }
            from = source
          }
          from = (from.row - top, from.column - left)
          guard 0..<rows ~= from.row, 0..<columns ~= from.column else { continue }
          placed[position * sampleShape.elementCount + row * size.width + column] =
            images[(position * rows + from.row) * columns + from.column]
        }
      }
      finish(&placed, sample: position, channels: channels)
    }
    return Batch(
      Tensor(shape: batchShape(batch.count), placed), labels: batch.labels, indices: batch.indices)
  }

  /// Repeats the first plane of a sample for every channel, and normalises it.
  private func finish(_ levels: inout [Float], sample: Int, channels: Int) {
    let count = placement.size.width * placement.size.height
    let start = sample * channels * count
    let numbers = placement.normalization
    let (scale, mean, deviation) = (numbers.scale, numbers.mean, numbers.deviation)
    for channel in (0..<channels).reversed() {
      for place in 0..<count {
        levels[start + channel * count + place] = (scale * levels[start + place] - mean[channel]) / deviation[channel]
      }
    }
  }
}

/// The batches of another stream, converted.
private final class PlacedStream: BatchStream {
  private let images: GreyImages
  private let base: any BatchStream
  private let epoch: Int

  init(_ images: GreyImages, _ base: any BatchStream, epoch: Int) {
    self.images = images
    self.base = base
    self.epoch = epoch
  }

  func next() throws(EspalierError) -> Batch? {
    guard let batch = try base.next() else { return nil }
    return images.placed(batch, epoch: epoch)
  }
}

extension GreyImages {
  /// The syntax of the options.
  static let form = "[,size=32][,channels=3][,scale=255][,mean=M][,std=S][,augment=crop|no]\(LaidOutImages.form)"

  /// `dataset` converted as `options` specify; unchanged without options.
  ///
  /// - Throws: `EspalierError` if options are invalid, or the data is not images of one channel.
  static func dataset(_ dataset: any Dataset, _ options: ArgumentOptions) throws(EspalierError) -> any Dataset {
    try options.check(
      ArgumentOptions.normalizationKeys.union(["size", "channels", "augment", "layout"]), form: "DATA\(form)")
    guard !options.isEmpty else { return dataset }
    let shape = dataset.sampleShape
    guard shape.rank == 3, shape[0] == 1 else {
      throw EspalierError(
        .argument, options.argument, "has samples of shape \(shape), and options are for images of grey levels")
    }
    let own = PixelSize(width: shape[2], height: shape[1])
    let size = try options.size() ?? own
    guard size.width >= own.width, size.height >= own.height else {
      throw EspalierError(
        .argument, options.argument, "puts images of \(own) pixels into \(size)", remedy: "ask for a larger size")
    }
    let channels = try options.value("channels", "1 or 3") { ["1": 1, "3": 3][$0] } ?? 1
    let shift = try options.value("augment", "crop or no") {
      ["crop": ImageArgument.shift(min(size.width, size.height)), "no": 0][$0]
    }
    let images = GreyImages(
      dataset,
      placement: Placement(
        size: size, channels: channels, normalization: try options.normalization(standard: .none), shift: shift ?? 0))
    return try LaidOutImages.dataset(images, options.layout())
  }
}
