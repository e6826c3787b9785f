extension Image {
  /// The picture at another size, with pixels equal to those of Pillow's `resize(size, BILINEAR)`.
  ///
  /// Rows are resized first, then columns; each pass is rounded to 8 bits, as in Pillow.
  /// - Parameter region: The part of the result to compute.
  package func resized(to size: PixelSize, keeping region: PixelRegion? = nil) -> Image {
    let region = region ?? PixelRegion(whole: size)
    precondition(region.lies(within: size), "\(region) is not within \(size)")
    if size == self.size { return cropped(to: region) }
    let across = ResizeWeights(from: width, to: size.width, range: region.x..<region.x + region.size.width)
    let down = ResizeWeights(from: height, to: size.height, range: region.y..<region.y + region.size.height)
    let rows = down.reach
    let narrow =
      size.width == width
      ? cropped(to: .init(x: region.x, y: rows.lowerBound, size: .init(width: region.size.width, height: rows.count)))
      : Image(width: region.size.width, height: rows.count, pixels: resizedRows(rows, across))
    if size.height == height { return narrow }
    let pixels = narrow.resizedColumns(down, firstRow: rows.lowerBound)
    return Image(width: region.size.width, height: region.size.height, pixels: pixels)
  }

  /// Resizes the rows `rows` horizontally.
  private func resizedRows(_ rows: Range<Int>, _ line: ResizeWeights) -> [UInt8] {
    let count = line.starts.count
    return [UInt8](unsafeUninitializedCapacity: 3 * count * rows.count) { target, filled in
      pixels.withUnsafeBufferPointer { source in
        line.weights.withUnsafeBufferPointer { weights in
          for i in 0..<count {
            let (first, taps) = (3 * line.starts[i], line.counts[i])
            let own = UnsafeBufferPointer(rebasing: weights[(i * line.stride)..<(i * line.stride + taps)])
            var place = 3 * i
            for y in rows {
              var (red, green, blue) = (ResizeWeights.half, ResizeWeights.half, ResizeWeights.half)
              var pixel = 3 * width * y + first
              for weight in own {
                red &+= Int32(source[pixel]) &* weight
                green &+= Int32(source[pixel + 1]) &* weight
                blue &+= Int32(source[pixel + 2]) &* weight
                pixel += 3
              }
              target[place] = ResizeWeights.level(red)
              target[place + 1] = ResizeWeights.level(green)
              target[place + 2] = ResizeWeights.level(blue)
              place += 3 * count
            }
          }
        }
      }
      filled = 3 * count * rows.count
    }
  }

  /// Resizes the columns vertically; row 0 is row `firstRow` of the line for which `line` was made.
  private func resizedColumns(_ line: ResizeWeights, firstRow: Int) -> [UInt8] {
    let (count, rowLength) = (line.starts.count, 3 * width)
    var sums = [Int32](repeating: 0, count: rowLength)
    return [UInt8](unsafeUninitializedCapacity: rowLength * count) { target, filled in
      pixels.withUnsafeBufferPointer { source in
        sums.withUnsafeMutableBufferPointer { sums in
          for i in 0..<count {
            sums.update(repeating: ResizeWeights.half)
            for tap in 0..<line.counts[i] {
              let weight = line.weights[i * line.stride + tap]
              let start = (line.starts[i] + tap - firstRow) * rowLength
              let row = UnsafeBufferPointer(rebasing: source[start..<start + rowLength])
              for x in 0..<rowLength { sums[x] &+= Int32(row[x]) &* weight }
            }
            let row = UnsafeMutableBufferPointer(rebasing: target[(i * rowLength)..<((i + 1) * rowLength)])
            for x in 0..<rowLength { row[x] = ResizeWeights.level(sums[x]) }
          }
        }
      }
      filled = rowLength * count
    }
  }
}
