import EspalierFiles
import EspalierImages
import EspalierTensors
import EspalierThreading

/// The photographs of a directory, each class in a folder of its own; or in one folder without classes.
///
/// Images are decoded, resized and normalised by several threads ahead of whoever uses them, in an order and with results
/// that do not depend on the threads. One that cannot be read is left out and found in `skipped`; more than 10 of these, or
/// 1 in 100 where that is more, or half of all, are an error.
package struct ImageFolder: Dataset {
  /// What the user calls it.
  package let name: String
  /// Where each image is.
  package var paths: [String] { files.paths }
  /// The names of the classes, in their order.
  package var classes: [String]? { files.classes }
  /// How an image becomes a sample.
  package var transform: ImageTransform
  /// What `augmented(seed:)` changes at random; `nil` for data never to be augmented.
  package var augmentation: ImageTransform.Augmentation.Kind? = .part()
  /// How many threads decode, at least one.
  package var threads: Int

  private let files: ImageFiles
  private let broken: BrokenImages

  /// The images in `directory`.
  /// - Parameters:
  ///   - name: what messages call it; the directory unless given.
  ///   - transform: how an image becomes a sample.
  ///   - classes: the classes there are, where another directory decides; else the directory's folders.
  ///   - threads: how many threads decode; as many as are allowed (`Threads.count`) unless given.
  /// - Throws: `EspalierError` where the directory holds no images, or images both with and without a class.
  package init(
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
  package var count: Int { files.paths.count }

  /// The shape of a sample: 3 x size x size.
  package var sampleShape: Shape { transform.sampleShape }

  /// Channels, rows and columns.
  package var axes: SampleAxes { .image }

  /// How many classes there are.
  package var classCount: Int? { files.classes?.count }

  /// The images that could not be read so far, each named.
  package var skipped: [EspalierError] { broken.all }

  /// The images at `indices`, without those that cannot be read.
  package func samples(at indices: [Int]) throws(EspalierError) -> Batch {
    let stream = try stream(indices, epoch: 0, batchSize: max(1, indices.count))
    return try stream.next() ?? batch([], indices: [])
  }

  /// Batches that threads prepare ahead; no more than one batch or 256 images lie ready, and two for each thread.
  package func stream(_ order: [Int]?, epoch: Int, batchSize: Int) throws(EspalierError) -> any BatchStream {
    ImageStream(self, order: order ?? Array(0..<count), epoch: epoch, batchSize: batchSize)
  }

  /// The images changed at random as ``augmentation`` says, in place of their middles.
  package func augmented(seed: UInt64) -> any Dataset {
    var copy = self
    copy.transform.augmentation = augmentation.map { ImageTransform.Augmentation($0, seed: seed) }
    return copy
  }

  /// Images at even distances: they are sorted by class, and the first of them would be of few.
  package func representativeIndices(_ count: Int) -> [Int] { (0..<count).map { $0 * self.count / count } }

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
