import EspalierTensors

/// A random shift and flip of a small training image: padded with black on all sides, cropped to its own size, and
/// flipped every other time.
///
/// Source: K. He et al., "Deep residual learning for image recognition" (CVPR 2016), section 4.2: 4 pixels for images
/// of 32.
package struct RandomShift: Hashable, Sendable {
  /// The first column of the crop, in -padding ... padding.
  package let x: Int
  /// The first row of the crop, in -padding ... padding.
  package let y: Int
  /// Whether the crop is flipped.
  package let isFlipped: Bool

  /// A shift by at most `padding` pixels in each direction, drawn uniformly from `generator`.
  package init(padding: Int, using generator: inout SeededGenerator) {
    y = generator.index(below: 2 * padding + 1) - padding
    x = generator.index(below: 2 * padding + 1) - padding
    isFlipped = generator.next() >> 63 == 1
  }

  /// The source of element (`row`, `column`) of the result in an image of `size` columns and rows; `nil` for black.
  package func source(row: Int, column: Int, of size: PixelSize) -> (row: Int, column: Int)? {
    let from = (row: row + y, column: (isFlipped ? size.width - 1 - column : column) + x)
    return 0..<size.height ~= from.row && 0..<size.width ~= from.column ? from : nil
  }
}

extension SeededGenerator {
  /// The generator for one sample in one epoch; its numbers depend only on these and the seed.
  package init(seed: UInt64, epoch: Int, sample: Int) {
    self.init(seed: seed)
    for number in [epoch, sample] { self = SeededGenerator(seed: next() &+ UInt64(truncatingIfNeeded: number)) }
  }
}

extension Image {
  /// The shifted and flipped picture, with black padding.
  func shifted(_ shift: RandomShift) -> Image {
    var moved = [UInt8](repeating: 0, count: pixels.count)
    for row in 0..<height {
      for column in 0..<width {
        guard let from = shift.source(row: row, column: column, of: size) else { continue }
        let (target, source) = (3 * (row * width + column), 3 * (from.row * width + from.column))
        for channel in 0..<3 { moved[target + channel] = pixels[source + channel] }
      }
    }
    return Image(width: width, height: height, pixels: moved)
  }
}
