import EspalierTensors

/// How an image of any size becomes a sample of one size, to be measured or to be trained on.
package struct ImageTransform: Hashable, Sendable {
  /// Rows and columns of the sample.
  package var size: Int
  /// The length that the shorter side is resized to before the middle is cut out.
  package var resize: Int
  /// What follows.
  package var normalization: Normalization
  /// How a training sample differs from one epoch to the next; `nil` for samples to measure on.
  package var augmentation: Augmentation?

  /// Random changes of a training sample.
  package struct Augmentation: Hashable, Sendable {
    /// What is changed.
    package enum Kind: Hashable, Sendable {
      /// A part of the image, of such a fraction of its area and ratio of width to height, is resized to the sample.
      case part(scale: ClosedRange<Double> = 0.08...1, ratio: ClosedRange<Double> = 3.0 / 4...4.0 / 3)
      /// What would be measured is moved by up to so many pixels, black moving in: the usual way with small images.
      case shift(padding: Int)
    }

    /// What is changed; every other sample is flipped besides.
    package var kind: Kind
    /// What all randomness follows from, together with the epoch and the number of the sample.
    package var seed: UInt64

    /// Random changes of this kind.
    package init(_ kind: Kind = .part(), seed: UInt64) {
      self.kind = kind
      self.seed = seed
    }
  }

  /// ImageNet's usual transform unless told otherwise: the shorter side 256, of it the middle 224 x 224.
  ///
  /// `resize` must be at least `size`, so that the middle is there.
  package init(
    size: Int = 224, resize: Int = 256, normalization: Normalization = .imageNet, augmentation: Augmentation? = nil
  ) {
    precondition(size > 0 && resize >= size, "a middle of \(size) pixels in \(resize)")
    self.size = size
    self.resize = resize
    self.normalization = normalization
    self.augmentation = augmentation
  }

  /// The shape of a sample.
  package var sampleShape: Shape { [3, size, size] }

  /// The pixels of the sample that `image` is in `epoch`, as number `sample` of its data.
  ///
  /// With `augmentation` changed at random, which follows from seed, epoch and sample alone; without it the middle of the
  /// resized image.
  package func pixels(of image: Image, epoch: Int = 0, sample: Int = 0) -> Image {
    guard let augmentation else { return middle(of: image) }
    var generator = SeededGenerator(seed: augmentation.seed, epoch: epoch, sample: sample)
    switch augmentation.kind {
    case .part(let scale, let ratio):
      let region = PixelRegion(randomPartOf: image.size, scale: scale, ratio: ratio, using: &generator)
      let part = image.cropped(to: region).resized(to: PixelSize(width: size, height: size))
      return generator.next() >> 63 == 0 ? part : part.flipped()
    case .shift(let padding):
      return middle(of: image).shifted(RandomShift(padding: padding, using: &generator))
    }
  }

  private func middle(of image: Image) -> Image {
    let whole = image.size.withShorterSide(resize)
    return image.resized(
      to: whole, keeping: PixelRegion(center: PixelSize(width: size, height: size), of: whole))
  }

  /// The numbers of the sample, `sampleShape` in row-major order.
  package func numbers(of image: Image, epoch: Int = 0, sample: Int = 0) -> [Float] {
    normalization.numbers(of: pixels(of: image, epoch: epoch, sample: sample))
  }
}
