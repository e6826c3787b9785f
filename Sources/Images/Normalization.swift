import EspalierTensors

/// The conversion of pixels to a network's numbers: (scale * level / 255 - mean) / deviation, for each colour.
package struct Normalization: Hashable, Sendable {
  /// The number that the brightest level becomes before the mean is subtracted: 1, or 255 for levels as they are.
  package var scale: Float
  /// The numbers subtracted from red, green and blue.
  package var mean: [Float]
  /// The numbers by which the differences of red, green and blue are divided.
  package var deviation: [Float]
  /// The channels and their order. Grey levels are normalised by the first mean and deviation.
  package var format: PixelFormat

  /// A normalisation of three means and three positive deviations, one for each colour.
  package init(scale: Float = 1, mean: [Float], deviation: [Float], format: PixelFormat = .rgb) {
    precondition(mean.count == 3 && deviation.count == 3, "red, green and blue are three")
    precondition(deviation.allSatisfy { $0 > 0 }, "a deviation is positive")
    self.scale = scale
    self.mean = mean
    self.deviation = deviation
    self.format = format
  }

  /// The means and deviations of ImageNet, used to train torchvision's networks.
  package static let imageNet = Normalization(mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225])

  /// Levels only scaled to 0...1.
  package static let none = Normalization(mean: [0, 0, 0], deviation: [1, 1, 1])

  /// The numbers of `image`, `width * height` for each channel: all of the first channel, then all of the next.
  package func numbers(of image: Image) -> [Float] {
    let count = image.width * image.height
    let isGrey = format == .grey
    return [Float](unsafeUninitializedCapacity: format.channelCount * count) { target, filled in
      image.pixels.withUnsafeBufferPointer { pixels in
        for (channel, color) in format.colors.enumerated() {
          let (scale, mean, deviation) = (scale, mean[color], deviation[color])
          let plane = UnsafeMutableBufferPointer(rebasing: target[(channel * count)..<((channel + 1) * count)])
          for place in 0..<count {
            let level = isGrey ? Self.grey(pixels, 3 * place) : pixels[3 * place + color]
            plane[place] = (Float(level) * scale / 255 - mean) / deviation
          }
        }
      }
      filled = format.channelCount * count
    }
  }

  /// The grey level of the pixel at `place`, by ITU-R BT.601 as Pillow's `convert("L")` rounds it.
  @inline(__always)
  private static func grey(_ pixels: UnsafeBufferPointer<UInt8>, _ place: Int) -> UInt8 {
    let (red, green, blue) = (UInt32(pixels[place]), UInt32(pixels[place + 1]), UInt32(pixels[place + 2]))
    return UInt8((19595 * red + 38470 * green + 7471 * blue + 0x8000) >> 16)
  }

  /// `image` as a `float32` tensor of shape channels x height x width.
  package func tensor(of image: Image) -> Tensor {
    Tensor(shape: [format.channelCount, image.height, image.width], numbers(of: image))
  }
}
