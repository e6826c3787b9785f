/// A picture: 8-bit red, green and blue pixels, row by row from the top left.
package struct Image: Hashable, Sendable {
  /// Pixels in a row.
  package let width: Int
  /// Rows.
  package let height: Int
  /// Three bytes per pixel, `3 * width * height` in all.
  package let pixels: [UInt8]

  /// A picture of `width` x `height` pixels, at least one.
  package init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(width > 0 && height > 0, "a picture has at least one pixel")
    precondition(pixels.count == 3 * width * height, "\(pixels.count) bytes for \(width) x \(height) pixels")
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// The size.
  package var size: PixelSize { PixelSize(width: width, height: height) }

  /// The part of the picture in `region`, which must lie within the picture.
  package func cropped(to region: PixelRegion) -> Image {
    precondition(region.lies(within: size), "\(region) is not within \(size)")
    if region.size == size { return self }
    let (start, count) = (3 * region.x, 3 * region.size.width)
    let part = [UInt8](unsafeUninitializedCapacity: count * region.size.height) { target, filled in
      pixels.withUnsafeBufferPointer { source in
        for y in 0..<region.size.height {
          let row = source[(3 * width * (region.y + y) + start)...].prefix(count)
          filled += UnsafeMutableBufferPointer(rebasing: target[filled...]).update(fromContentsOf: row)
        }
      }
    }
    return Image(width: region.size.width, height: region.size.height, pixels: part)
  }

  /// The picture mirrored horizontally.
  package func flipped() -> Image {
    let mirrored = [UInt8](unsafeUninitializedCapacity: pixels.count) { target, filled in
      pixels.withUnsafeBufferPointer { source in
        for start in stride(from: 0, to: source.count, by: 3 * width) {
          for x in 0..<width {
            for channel in 0..<3 {
              target[start + 3 * x + channel] = source[start + 3 * (width - 1 - x) + channel]
            }
          }
        }
      }
      filled = pixels.count
    }
    return Image(width: width, height: height, pixels: mirrored)
  }
}
