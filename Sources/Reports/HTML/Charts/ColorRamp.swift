/// The colours of heat maps: viridis (Smith and van der Walt, 2015), perceptually uniform and safe for colour-blind
/// readers.
enum ColorRamp {
  private static let anchors: [(Double, Double, Double)] = [
    (68, 1, 84), (72, 40, 120), (62, 74, 137), (49, 104, 142), (38, 130, 142), (31, 158, 137), (53, 183, 121),
    (109, 205, 89), (180, 222, 44), (253, 231, 37),
  ]

  /// The colour at a position between 0 and 1, in one of 64 steps: `#31688e`.
  static func color(at position: Double) -> String {
    let step = (min(max(position, 0), 1) * 63).rounded() / 63 * Double(anchors.count - 1)
    let index = min(Int(step), anchors.count - 2)
    let (low, high, part) = (anchors[index], anchors[index + 1], step - Double(index))
    let channels = [(low.0, high.0), (low.1, high.1), (low.2, high.2)]
    return "#" + channels.map { hexadecimal(Int(($0.0 + ($0.1 - $0.0) * part).rounded())) }.joined()
  }

  private static func hexadecimal(_ value: Int) -> String { (value < 16 ? "0" : "") + String(value, radix: 16) }
}
