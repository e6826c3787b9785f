/// A natural cubic spline through its values at knots: piecewise cubic, with two continuous derivatives, and straight
/// beyond the first and the last knot (S. Wood, Generalized Additive Models, 2006, section 4.1.2).
///
/// Function j is 1 at knot j and 0 at the others. All of them add up to 1, so that the first is left out: with an
/// intercept, coefficient j is the difference of the fitted curve between knot j and the first knot.
package struct NaturalSpline: Hashable, Sendable {
  /// The knots, ascending; one more than functions.
  package let knots: [Double]
  /// The second derivatives at each knot of the function of each knot.
  private let bends: [[Double]]

  /// The spline of `freedom` functions with knots at equidistant quantiles of some numbers, their least and greatest
  /// among them; `nil` if two knots coincide.
  init?(over numbers: [Double], freedom: Int) {
    let sorted = numbers.sorted()
    self.init(knots: (0...freedom).map { sorted.quantile(Double($0) / Double(freedom)) })
  }

  /// The spline of these knots; `nil` unless there are two at least, and they ascend.
  init?(knots: [Double]) {
    guard knots.count >= 2, knots.allSatisfy(\.isFinite), zip(knots, knots.dropFirst()).allSatisfy(<) else {
      return nil
    }
    self.knots = knots
    bends = Self.bends(knots)
  }

  /// The second derivatives: 0 at both ends, and between them the solutions of one tridiagonal system for each
  /// function. Complexity: O(k^2).
  private static func bends(_ knots: [Double]) -> [[Double]] {
    let count = knots.count
    let widths = zip(knots.dropFirst(), knots).map(-)
    var bends = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    guard count > 2 else { return bends }
    // Elimination from the first inner knot to the last, then substitution.
    var diagonal = [Double](repeating: 1, count: count)
    for i in 1..<count - 1 {
      for (j, slope) in [
        (i - 1, 1 / widths[i - 1]), (i, -1 / widths[i - 1] - 1 / widths[i]), (i + 1, 1 / widths[i]),
      ] {
        bends[i][j] += slope
      }
      let factor = i > 1 ? widths[i - 1] / 6 / diagonal[i - 1] : 0
      diagonal[i] = (widths[i - 1] + widths[i]) / 3 - factor * widths[i - 1] / 6
      for j in 0..<count { bends[i][j] -= factor * bends[i - 1][j] }
    }
    for i in (1..<count - 1).reversed() {
      for j in 0..<count { bends[i][j] = (bends[i][j] - widths[i] / 6 * bends[i + 1][j]) / diagonal[i] }
    }
    return bends
  }

  /// The number of functions.
  var count: Int { knots.count - 1 }

  /// Calls `body` with the functions, from 0 for that of the second knot, and the values at x that are not 0.
  func forEachValue(_ x: Double, _ body: (Int, Double) -> Void) {
    let inner = min(max(x, knots[0]), knots[count])
    let piece = min(max((knots.firstIndex { $0 > inner } ?? knots.count) - 1, 0), count - 1)
    let width = knots[piece + 1] - knots[piece]
    let (left, right) = (inner - knots[piece], knots[piece + 1] - inner)
    let beyond = x - inner
    // Values and, beyond the knots, slopes at the nearest knot.
    let first = right / width - beyond / width
    let second = left / width + beyond / width
    let firstBend =
      (right * right * right / width - width * right) / 6 + beyond * (width - 3 * right * right / width) / 6
    let secondBend =
      (left * left * left / width - width * left) / 6 + beyond * (3 * left * left / width - width) / 6
    for j in 1...count {
      var value = firstBend * bends[piece][j] + secondBend * bends[piece + 1][j]
      if j == piece { value += first }
      if j == piece + 1 { value += second }
      if value != 0 { body(j - 1, value) }
    }
  }
}

extension NaturalSpline: Codable {
  private enum Key: String, CodingKey { case knots }

  /// Reads the knots.
  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    guard let spline = NaturalSpline(knots: try values.decode([Double].self, forKey: .knots)) else {
      throw DecodingError.dataCorruptedError(forKey: .knots, in: values, debugDescription: "knots must ascend")
    }
    self = spline
  }

  /// Writes the knots.
  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(knots, forKey: .knots)
  }
}

extension [Double] {
  /// The quantile of sorted numbers for a share, between neighbours in proportion (type 7 of R. Hyndman, Y. Fan, The
  /// American Statistician 1996).
  func quantile(_ share: Double) -> Double {
    let place = share * Double(count - 1)
    let below = Swift.min(Int(place), count - 1)
    let above = Swift.min(below + 1, count - 1)
    return self[below] + (place - Double(below)) * (self[above] - self[below])
  }
}
