import EspalierTensors

/// The conversion of an image of any size to a sample of fixed size, for evaluation or training.
package struct ImageTransform: Hashable, Sendable {
  /// The number of rows, and of columns, of the sample.
  package var size: Int
  /// The length to which the shorter side is resized before the centre is cropped.
  package var resize: Int
  /// The normalisation of the pixels.
  package var normalization: Normalization
  /// The random changes of training samples in each epoch; `nil` for evaluation.
  package var augmentation: Augmentation?

  /// Random changes of a training sample.
  package struct Augmentation: Hashable, Sendable {
    /// The kind of change.
    package enum Kind: Hashable, Sendable {
      /// A random crop, of a fraction of the area and a ratio of width to height in these ranges, is resized to the
      /// sample.
      case part(scale: ClosedRange<Double> = 0.08...1, ratio: ClosedRange<Double> = 3.0 / 4...4.0 / 3)
      /// The evaluation sample is shifted by up to `padding` pixels, padded with black: the usual choice for small
      /// images.
      case shift(padding: Int)
    }

    /// The kind of change; in addition, every other sample is flipped.
    package var kind: Kind
    /// The seed of all random choices, together with the epoch and the index of the sample.
    package var seed: UInt64

    /// Random changes of this kind.
    package init(_ kind: Kind = .part(), seed: UInt64) {
      self.kind = kind
      self.seed = seed
    }
  }

  /// ImageNet's usual transform by default: the shorter side resized to 256, its centre cropped to 224 x 224.
  ///
  /// `resize` must be at least `size`, so that the crop lies within.
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

  /// The pixels of the sample of `image` in `epoch`, with the index `sample` in its data.
  ///
  /// With `augmentation`, changed at random, depending only on seed, epoch and index; otherwise the centre of the
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

  /// The numbers of the sample, of shape `sampleShape` in row-major order.
  package func numbers(of image: Image, epoch: Int = 0, sample: Int = 0) -> [Float] {
    normalization.numbers(of: pixels(of: image, epoch: epoch, sample: sample))
  }
}
