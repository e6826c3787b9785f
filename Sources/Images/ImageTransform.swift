import Tensors

/// How an image of any size becomes a sample of one size, to be measured or to be trained on.
public struct ImageTransform: Hashable, Sendable {
  /// Rows and columns of the sample.
  public var size: Int
  /// The length that the shorter side is resized to before the middle is cut out.
  public var resize: Int
  /// What follows.
  public var normalization: Normalization
  /// How a training sample differs from one epoch to the next; `nil` for samples to measure on.
  public var augmentation: Augmentation?

  /// Random changes of a training sample.
  public struct Augmentation: Hashable, Sendable {
    /// The fraction of the area that is cut out.
    public var scale: ClosedRange<Double>
    /// The ratio of the width to the height of what is cut out.
    public var ratio: ClosedRange<Double>
    /// What all randomness follows from, together with the epoch and the number of the sample.
    public var seed: UInt64

    /// Random parts, every other one flipped.
    public init(scale: ClosedRange<Double> = 0.08...1, ratio: ClosedRange<Double> = 3.0 / 4...4.0 / 3, seed: UInt64) {
      self.scale = scale
      self.ratio = ratio
      self.seed = seed
    }

    /// The generator for one sample in one epoch.
    func generator(epoch: Int, sample: Int) -> SeededGenerator {
      var generator = SeededGenerator(seed: seed)
      for number in [epoch, sample] {
        generator = SeededGenerator(seed: generator.next() &+ UInt64(truncatingIfNeeded: number))
      }
      return generator
    }
  }

  /// ImageNet's usual transform unless told otherwise: the shorter side 256, of it the middle 224 x 224.
  ///
  /// `resize` must be at least `size`, so that the middle is there.
  public init(
    size: Int = 224, resize: Int = 256, normalization: Normalization = .imageNet, augmentation: Augmentation? = nil
  ) {
    precondition(size > 0 && resize >= size, "a middle of \(size) pixels in \(resize)")
    self.size = size
    self.resize = resize
    self.normalization = normalization
    self.augmentation = augmentation
  }

  /// The shape of a sample.
  public var sampleShape: Shape { [3, size, size] }

  /// The pixels of the sample that `image` is in `epoch`, as number `sample` of its data.
  ///
  /// With `augmentation` a random part, resized and perhaps flipped, which follows from seed, epoch and sample alone;
  /// without it the middle of the resized image.
  public func pixels(of image: Image, epoch: Int = 0, sample: Int = 0) -> Image {
    let square = PixelSize(width: size, height: size)
    guard let augmentation else {
      let whole = image.size.withShorterSide(resize)
      return image.resized(to: whole, keeping: PixelRegion(center: square, of: whole))
    }
    var generator = augmentation.generator(epoch: epoch, sample: sample)
    let region = PixelRegion(
      randomPartOf: image.size, scale: augmentation.scale, ratio: augmentation.ratio, using: &generator)
    let part = image.cropped(to: region).resized(to: square)
    return generator.next() >> 63 == 0 ? part : part.flipped()
  }

  /// The numbers of the sample, `sampleShape` in row-major order.
  public func numbers(of image: Image, epoch: Int = 0, sample: Int = 0) -> [Float] {
    normalization.numbers(of: pixels(of: image, epoch: epoch, sample: sample))
  }
}
