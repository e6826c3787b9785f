import EspalierTensors
import Foundation

extension PixelRegion {
  /// A random region of an image, by the algorithm of torchvision's `RandomResizedCrop` (but other random numbers).
  ///
  /// The fraction of the area is uniform in `scale`, the logarithm of the aspect ratio uniform within `ratio`. After
  /// ten failed attempts to fit it in, the largest centred region of an allowed ratio is taken. C. Szegedy et al.,
  /// "Going Deeper with Convolutions" (CVPR 2015), section 6.
  package init(
    randomPartOf whole: PixelSize, scale: ClosedRange<Double> = 0.08...1,
    ratio: ClosedRange<Double> = 3.0 / 4...4.0 / 3,
    using generator: inout SeededGenerator
  ) {
    let area = Double(whole.width * whole.height)
    let logarithms = log(ratio.lowerBound)...log(ratio.upperBound)
    for _ in 0..<10 {
      let target = area * generator.uniform(in: scale)
      let aspect = exp(generator.uniform(in: logarithms))
      let width = Int((target * aspect).squareRoot().rounded(.toNearestOrEven))
      let height = Int((target / aspect).squareRoot().rounded(.toNearestOrEven))
      guard (1...whole.width).contains(width), (1...whole.height).contains(height) else { continue }
      let y = generator.index(below: whole.height - height + 1)
      let x = generator.index(below: whole.width - width + 1)
      self.init(x: x, y: y, size: PixelSize(width: width, height: height))
      return
    }
    self.init(largestPartOf: whole, ratio: ratio)
  }

  /// The largest centred region of an image whose ratio of width to height is within `ratio`.
  package init(largestPartOf whole: PixelSize, ratio: ClosedRange<Double>) {
    var size = whole
    let own = Double(whole.width) / Double(whole.height)
    if own < ratio.lowerBound {
      size.height = max(1, Int((Double(whole.width) / ratio.lowerBound).rounded(.toNearestOrEven)))
    } else if own > ratio.upperBound {
      size.width = max(1, Int((Double(whole.height) * ratio.upperBound).rounded(.toNearestOrEven)))
    }
    self.init(x: (whole.width - size.width) / 2, y: (whole.height - size.height) / 2, size: size)
  }
}

extension SeededGenerator {
  /// A number uniform in `range`.
  fileprivate mutating func uniform(in range: ClosedRange<Double>) -> Double {
    range.lowerBound + uniform() * (range.upperBound - range.lowerBound)
  }
}
