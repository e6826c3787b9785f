import Files
import Images
import Tensors
import Threading

/// The photographs of a directory, each class in a folder of its own; or in one folder without classes.
///
/// Images are decoded, resized and normalised by several threads ahead of whoever uses them, in an order and with results
/// that do not depend on the threads. One that cannot be read is left out and found in `skipped`; more than 10 of these, or
/// 1 in 100 where that is more, or half of all, are an error.
public struct ImageFolder: Dataset {
  /// What the user calls it.
  public let name: String
  /// Where each image is.
  public var paths: [String] { files.paths }
  /// The names of the classes, in their order.
  public var classes: [String]? { files.classes }
  /// How an image becomes a sample.
  public var transform: ImageTransform
  /// What `augmented(seed:)` changes at random; `nil` for data never to be augmented.
  public var augmentation: ImageTransform.Augmentation.Kind? = .part()
  /// How many threads decode, at least one.
  public var threads: Int

  private let files: ImageFiles
  private let broken: BrokenImages

  /// The images in `directory`.
  /// - Parameters:
  ///   - name: what messages call it; the directory unless given.
  ///   - transform: how an image becomes a sample.
  ///   - classes: the classes there are, where another directory decides; else the directory's folders.
  ///   - threads: how many threads decode; as many as are allowed (`Threads.count`) unless given.
  /// - Throws: `EspalierError` where the directory holds no images, or images both with and without a class.
  public init(
    _ directory: String, name: String? = nil, transform: ImageTransform = ImageTransform(), classes: [String]? = nil,
    threads: Int = Threads.count
  ) throws(EspalierError) {
    files = try ImageFiles(in: directory, classes: classes)
    broken = BrokenImages(of: files.paths.count, in: directory)
    self.name = name ?? directory
    self.transform = transform
    self.threads = max(1, threads)
  }

  /// How many images there are, broken ones included.
  public var count: Int { files.paths.count }

  /// The shape of a sample: 3 x size x size.
  public var sampleShape: Shape { transform.sampleShape }

  /// Channels, rows and columns.
  public var axes: SampleAxes { .image }

  /// How many classes there are.
  public var classCount: Int? { files.classes?.count }

  /// The images that could not be read so far, each named.
  public var skipped: [EspalierError] { broken.all }

  /// The images at `indices`, without those that cannot be read.
  public func samples(at indices: [Int]) throws(EspalierError) -> Batch {
    let stream = try stream(indices, epoch: 0, batchSize: max(1, indices.count))
    return try stream.next() ?? batch([], indices: [])
  }

  /// Batches that threads prepare ahead; no more than one batch or 256 images lie ready, and two for each thread.
  public func stream(_ order: [Int]?, epoch: Int, batchSize: Int) throws(EspalierError) -> any BatchStream {
    ImageStream(self, order: order ?? Array(0..<count), epoch: epoch, batchSize: batchSize)
  }

  /// The images changed at random as ``augmentation`` says, in place of their middles.
  public func augmented(seed: UInt64) -> any Dataset {
    var copy = self
    copy.transform.augmentation = augmentation.map { ImageTransform.Augmentation($0, seed: seed) }
    return copy
  }

  /// Images at even distances: they are sorted by class, and the first of them would be of few.
  public func representativeIndices(_ count: Int) -> [Int] { (0..<count).map { $0 * self.count / count } }

  /// Reads, decodes and transforms one image.
  func sample(_ index: Int, epoch: Int) -> Result<[Float], EspalierError> {
    Result { () throws(EspalierError) in
      transform.numbers(of: try Image(contentsOf: files.paths[index]), epoch: epoch, sample: index)
    }
  }

  /// Notes an image that is left out.
  func skip(_ index: Int, _ fault: EspalierError) throws(EspalierError) {
    try broken.note(fault, at: index)
  }

  /// Samples side by side, whose numbers are `bytes`.
  func batch(_ bytes: [UInt8], indices: [Int]) -> Batch {
    Batch(
      Tensor(shape: batchShape(indices.count), elementType: .float32, bytes: bytes),
      labels: files.labels.map { labels in indices.map { labels[$0] } }, indices: indices)
  }
}
