/// The input pixels of each output pixel of a resized line, with their weights: Pillow's bilinear filter.
///
/// Output pixel i lies at (i + 1/2) s - 1/2 of the input, s = input length / output length. Its weights are a triangle
/// of radius max(1, s), cut at the ends of the line and scaled to the sum 1: interpolation if the image is enlarged, an
/// average over the area of a pixel if it is reduced. Weights are integers with 22 fractional bits, so that results
/// equal Pillow's (`Resample.c`, `precompute_coeffs` and `normalize_coeffs_8bpc`).
struct ResizeWeights: Sendable {
  /// The number of fractional bits.
  static let precision: Int32 = 22

  /// The first input pixel of each output pixel.
  private(set) var starts: [Int] = []
  /// The number of input pixels of each output pixel.
  private(set) var counts: [Int] = []
  /// `stride` weights for each output pixel, the first `counts` of which are used.
  private(set) var weights: [Int32] = []
  /// The maximum number of weights of a pixel.
  let stride: Int

  /// The weights of the pixels `range` of a line resized from `input` to `output` pixels.
  init(from input: Int, to output: Int, range: Range<Int>) {
    let scale = Double(input) / Double(output)
    let support = max(1, scale)
    stride = 2 * Int(support.rounded(.up)) + 1
    var line = [Double](repeating: 0, count: stride)
    for i in range {
      let center = (Double(i) + 0.5) * scale
      let start = max(0, Int(center - support + 0.5))
      let count = min(input, Int(center + support + 0.5)) - start
      var sum = 0.0
      for x in 0..<count {
        line[x] = max(0, 1 - abs((Double(x + start) - center + 0.5) * (1 / support)))
        sum += line[x]
      }
      starts.append(start)
      counts.append(count)
      for x in 0..<stride {
        let weight = x < count ? (sum == 0 ? line[x] : line[x] / sum) : 0
        weights.append(Int32(0.5 + weight * Double(1 << Self.precision)))
      }
    }
  }

  /// The input pixels on which any of the outputs depends.
  var reach: Range<Int> {
    guard let first = starts.first, let last = starts.last, let count = counts.last else { return 0..<0 }
    return first..<last + count
  }

  /// Half of the last place, added to a sum before rounding.
  static let half: Int32 = 1 << (precision - 1)

  /// The level for a sum of weighted levels, which includes `half`.
  @inline(__always)
  static func level(_ sum: Int32) -> UInt8 {
    UInt8(truncatingIfNeeded: max(0, min(255, sum >> precision)))
  }
}
