/// Width and height in pixels.
package struct PixelSize: Hashable, Sendable, CustomStringConvertible {
  /// Pixels in a row.
  package var width: Int
  /// Rows.
  package var height: Int

  /// A size of `width` x `height` pixels.
  package init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }

  /// As `640 x 480`.
  package var description: String { "\(width) x \(height)" }
}

/// A rectangle of an image's pixels.
package struct PixelRegion: Hashable, Sendable {
  /// The first column.
  package var x: Int
  /// The first row.
  package var y: Int
  /// The size.
  package var size: PixelSize

  /// The rectangle of `size` whose top left pixel is (`x`, `y`).
  package init(x: Int, y: Int, size: PixelSize) {
    self.x = x
    self.y = y
    self.size = size
  }

  /// The whole of an image of `size`.
  package init(whole size: PixelSize) {
    self.init(x: 0, y: 0, size: size)
  }

  /// The centre of an image of size `whole`, as in torchvision's `CenterCrop`: halves are rounded to even.
  ///
  /// Sides longer than the image's are shortened to it.
  package init(center size: PixelSize, of whole: PixelSize) {
    let part = PixelSize(width: min(size.width, whole.width), height: min(size.height, whole.height))
    func start(_ whole: Int, _ part: Int) -> Int { Int((Double(whole - part) / 2).rounded(.toNearestOrEven)) }
    self.init(x: start(whole.width, part.width), y: start(whole.height, part.height), size: part)
  }

  /// Whether the region is not empty and lies within an image of size `whole`.
  package func lies(within whole: PixelSize) -> Bool {
    x >= 0 && y >= 0 && size.width > 0 && size.height > 0 && size.width <= whole.width - x
      && size.height <= whole.height - y
  }
}
