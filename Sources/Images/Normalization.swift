import EspalierTensors

/// The conversion of pixels to a network's numbers: (level / 255 - mean) / deviation, for each of the three channels.
package struct Normalization: Hashable, Sendable {
  /// The numbers subtracted from red, green and blue.
  package var mean: [Float]
  /// The numbers by which the differences are divided.
  package var deviation: [Float]

  /// A normalisation of three means and three positive deviations.
  package init(mean: [Float], deviation: [Float]) {
    precondition(mean.count == 3 && deviation.count == 3, "red, green and blue are three")
    precondition(deviation.allSatisfy { $0 > 0 }, "a deviation is positive")
    self.mean = mean
    self.deviation = deviation
  }

  /// The means and deviations of ImageNet, used to train torchvision's networks.
  package static let imageNet = Normalization(mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225])

  /// Levels only scaled to 0...1.
  package static let none = Normalization(mean: [0, 0, 0], deviation: [1, 1, 1])

  /// The `3 * width * height` numbers of `image`: all of red, then all of green, then all of blue.
  package func numbers(of image: Image) -> [Float] {
    let count = image.width * image.height
    return [Float](unsafeUninitializedCapacity: 3 * count) { target, filled in
      image.pixels.withUnsafeBufferPointer { pixels in
        for channel in 0..<3 {
          let (mean, deviation) = (mean[channel], deviation[channel])
          let plane = UnsafeMutableBufferPointer(rebasing: target[(channel * count)..<((channel + 1) * count)])
          for place in 0..<count { plane[place] = (Float(pixels[3 * place + channel]) / 255 - mean) / deviation }
        }
      }
      filled = 3 * count
    }
  }

  /// `image` as a `float32` tensor of shape 3 x height x width.
  package func tensor(of image: Image) -> Tensor {
    Tensor(shape: [3, image.height, image.width], numbers(of: image))
  }
}
