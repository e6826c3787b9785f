/// Which pixels of a line make each pixel of the resized line, and with what weights: Pillow's bilinear filter.
///
/// Output pixel i lies at (i + 1/2) s - 1/2 of the input, s = input length / output length. Its weights are a triangle that
/// reaches max(1, s) to both sides, cut at the ends of the line and scaled to the sum 1: interpolation where the image grows,
/// and an average over what a pixel covers where it shrinks. Weights are integers of 22 bits after the point, so that results
/// equal Pillow's (`Resample.c`, `precompute_coeffs` and `normalize_coeffs_8bpc`).
struct ResizeWeights: Sendable {
  /// Bits after the point.
  static let precision: Int32 = 22

  /// The first input pixel that each output pixel depends on.
  private(set) var starts: [Int] = []
  /// How many input pixels each output pixel depends on.
  private(set) var counts: [Int] = []
  /// `stride` weights for each output pixel, of which the first `counts` are used.
  private(set) var weights: [Int32] = []
  /// The largest number of weights a pixel can have.
  let stride: Int

  /// Weights of those pixels `range` of a line of `output` pixels that is made of one of `input`.
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

  /// The input pixels that all of these outputs depend on.
  var reach: Range<Int> {
    guard let first = starts.first, let last = starts.last, let count = counts.last else { return 0..<0 }
    return first..<last + count
  }

  /// Half of the last place, to be added to a sum before it is rounded.
  static let half: Int32 = 1 << (precision - 1)

  /// The level that a sum of weighted levels, `half` included, stands for.
  @inline(__always)
  static func level(_ sum: Int32) -> UInt8 {
    UInt8(truncatingIfNeeded: max(0, min(255, sum >> precision)))
  }
}
