import EspalierFiles
import EspalierImages
import EspalierTensors
import EspalierThreading

/// The photographs of a directory, with a folder for each class or without classes.
///
/// Several threads decode, resize and normalise images ahead of their use; order and results do not depend on the
/// threads. Unreadable images are skipped and listed in `skipped`; more than 10 of them, or 1 in 100 if that is more,
/// or half of all, are an error.
package struct ImageFolder: Dataset {
  /// The name in reports and errors.
  package let name: String
  /// The paths of the images.
  package var paths: [String] { files.paths }
  /// The names of the classes, in order.
  package var classes: [String]? { files.classes }
  /// The conversion of an image to a sample.
  package var transform: ImageTransform
  /// The augmentation applied by `augmented(seed:)`; `nil` for none.
  package var augmentation: ImageTransform.Augmentation.Kind? = .part()
  /// The number of threads that decode, at least one.
  package var threads: Int

  private let files: ImageFiles
  private let broken: BrokenImages

  /// The images in `directory`.
  /// - Parameters:
  ///   - name: The name in messages; by default the directory.
  ///   - transform: The conversion of an image to a sample.
  ///   - classes: The names of the classes; by default the directory's folders.
  ///   - threads: The number of threads that decode; by default `Threads.count`.
  /// - Throws: `EspalierError` if the directory holds no images, or images both with and without a class.
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

  /// The number of images, including broken ones.
  package var count: Int { files.paths.count }

  /// The shape of a sample: channels x rows x columns.
  package var sampleShape: Shape { transform.sampleShape }

  /// Channels, rows and columns.
  package var axes: SampleAxes { .image }

  /// The number of classes.
  package var classCount: Int? { files.classes?.count }

  /// The faults of the images that could not be read so far.
  package var skipped: [EspalierError] { broken.all }

  /// The images at `indices`, without those that cannot be read.
  package func samples(at indices: [Int]) throws(EspalierError) -> Batch {
    let stream = try stream(indices, epoch: 0, batchSize: max(1, indices.count))
    return try stream.next() ?? batch([], indices: [])
  }

  /// Batches that threads prepare ahead: at most one batch or 256 images, plus two for each thread.
  package func stream(_ order: [Int]?, epoch: Int, batchSize: Int) throws(EspalierError) -> any BatchStream {
    ImageStream(self, order: order ?? Array(0..<count), epoch: epoch, batchSize: batchSize)
  }

  /// The images augmented at random as ``augmentation`` specifies, instead of centre crops.
  package func augmented(seed: UInt64) -> any Dataset {
    var copy = self
    copy.transform.augmentation = augmentation.map { ImageTransform.Augmentation($0, seed: seed) }
    return copy
  }

  /// Evenly spaced images: they are sorted by class, so the first would cover few classes.
  package func representativeIndices(_ count: Int) -> [Int] { (0..<count).map { $0 * self.count / count } }

  /// Those of the files: images need not be decoded to be known as copies.
  package func fingerprints(of indices: [Int]) -> [SampleFingerprint?] {
    indices.map { index in (try? FileContents.read(files.paths[index])).map { SampleFingerprint($0) } }
  }

  /// Images in a folder of their own below that of their class, one of several, are a cluster: frames of a clip, views
  /// of an object.
  package func cluster(of index: Int) -> Int? { files.clusters[index] }

  /// Reads, decodes and transforms one image.
  func sample(_ index: Int, epoch: Int) -> Result<[Float], EspalierError> {
    Result { () throws(EspalierError) in
      transform.numbers(of: try Image(contentsOf: files.paths[index]), epoch: epoch, sample: index)
    }
  }

  /// Records an image that is skipped.
  func skip(_ index: Int, _ fault: EspalierError) throws(EspalierError) {
    try broken.note(fault, at: index)
  }

  /// A batch of samples with the numbers `bytes`.
  func batch(_ bytes: [UInt8], indices: [Int]) -> Batch {
    Batch(
      Tensor(shape: batchShape(indices.count), elementType: .float32, bytes: bytes),
      labels: files.labels.map { labels in indices.map { labels[$0] } }, indices: indices)
  }
}
