/// The way in which an image of any size fills a sample of fixed size.
package enum ImageFit: Hashable, Sendable {
  /// The image is resized at its aspect ratio until it just covers the sample, enlarged so that its shorter side is
  /// `shorterSide`; the centre is cut out. For a square sample, torchvision's `Resize(shorterSide)` and `CenterCrop`.
  case crop(shorterSide: Int)
  /// The image is resized to the sample, whatever becomes of its aspect ratio.
  case stretch
  /// The image is resized at its aspect ratio until it just fits into the sample, and centred on grey of this level
  /// (letterbox).
  case pad(level: UInt8)
}

extension PixelSize {
  /// The size at this aspect ratio that just covers `box`: one side is the box's, the other at least as long, rounded
  /// down. For a square box, the rule of torchvision's `Resize` for a single number.
  package func covering(_ box: PixelSize) -> PixelSize {
    width * box.height <= height * box.width
      ? PixelSize(width: box.width, height: max(1, box.width * height / width))
      : PixelSize(width: max(1, box.height * width / height), height: box.height)
  }

  /// The size at this aspect ratio that just fits into `box`: one side is the box's, the other at most as long, rounded
  /// to the nearest.
  package func fitting(into box: PixelSize) -> PixelSize {
    func scaled(_ side: Int, _ other: Int, _ length: Int) -> Int { max(1, (2 * length * side + other) / (2 * other)) }
    return width * box.height >= height * box.width
      ? PixelSize(width: box.width, height: min(box.height, scaled(height, width, box.width)))
      : PixelSize(width: min(box.width, scaled(width, height, box.height)), height: box.height)
  }
}

extension Image {
  /// The picture as a sample of `size`.
  func fitted(to size: PixelSize, by fit: ImageFit) -> Image {
    switch fit {
    case .crop(let shorterSide):
      let shortest = min(size.width, size.height)
      let box = PixelSize(
        width: size.width * shorterSide / shortest, height: size.height * shorterSide / shortest)
      let whole = self.size.covering(box)
      return resized(to: whole, keeping: PixelRegion(center: size, of: whole))
    case .stretch: return resized(to: size)
    case .pad(let level):
      return resized(to: self.size.fitting(into: size)).centred(on: level, in: size)
    }
  }

  /// The picture in the middle of one of `size`, no smaller, of one level; an odd pixel is left over at the bottom and
  /// the right.
  private func centred(on level: UInt8, in size: PixelSize) -> Image {
    guard size != self.size else { return self }
    let (top, left) = ((size.height - height) / 2, (size.width - width) / 2)
    var padded = [UInt8](repeating: level, count: 3 * size.width * size.height)
    for row in 0..<height {
      let start = 3 * ((top + row) * size.width + left)
      padded.replaceSubrange(start..<start + 3 * width, with: pixels[3 * width * row..<3 * width * (row + 1)])
    }
    return Image(width: size.width, height: size.height, pixels: padded)
  }
}
