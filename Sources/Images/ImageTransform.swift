import EspalierTensors

/// The conversion of an image of any size to a sample of fixed size, for evaluation or training.
package struct ImageTransform: Hashable, Sendable {
  /// Rows and columns of the sample.
  package var size: PixelSize
  /// The way in which the image fills the sample.
  package var fit: ImageFit
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

  /// A transform to samples of `size`, at least one pixel. A crop must lie within the resized image.
  package init(
    size: PixelSize, fit: ImageFit, normalization: Normalization, augmentation: Augmentation? = nil
  ) {
    precondition(size.width > 0 && size.height > 0, "a sample has at least one pixel")
    if case .crop(let shorterSide) = fit {
      precondition(shorterSide >= min(size.width, size.height), "a middle of \(size) pixels in \(shorterSide)")
    }
    self.size = size
    self.fit = fit
    self.normalization = normalization
    self.augmentation = augmentation
  }

  /// A square transform, ImageNet's usual one by default: the shorter side resized to 256, its centre cropped to
  /// 224 x 224.
  package init(
    size: Int = 224, resize: Int = 256, normalization: Normalization = .imageNet, augmentation: Augmentation? = nil
  ) {
    self.init(
      size: PixelSize(width: size, height: size), fit: .crop(shorterSide: resize), normalization: normalization,
      augmentation: augmentation)
  }

  /// The shape of a sample: channels x rows x columns.
  package var sampleShape: Shape { [normalization.format.channelCount, size.height, size.width] }

  /// The pixels of the sample of `image` in `epoch`, with the index `sample` in its data.
  ///
  /// With `augmentation`, changed at random, depending only on seed, epoch and index.
  package func pixels(of image: Image, epoch: Int = 0, sample: Int = 0) -> Image {
    guard let augmentation else { return image.fitted(to: size, by: fit) }
    var generator = SeededGenerator(seed: augmentation.seed, epoch: epoch, sample: sample)
    switch augmentation.kind {
    case .part(let scale, let ratio):
      let region = PixelRegion(randomPartOf: image.size, scale: scale, ratio: ratio, using: &generator)
      let part = image.cropped(to: region).resized(to: size)
      return generator.next() >> 63 == 0 ? part : part.flipped()
    case .shift(let padding):
      return image.fitted(to: size, by: fit).shifted(RandomShift(padding: padding, using: &generator))
    }
  }

  /// The numbers of the sample, of shape `sampleShape` in row-major order.
  package func numbers(of image: Image, epoch: Int = 0, sample: Int = 0) -> [Float] {
    normalization.numbers(of: pixels(of: image, epoch: epoch, sample: sample))
  }
}
