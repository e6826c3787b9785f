/// B-splines of a number (C. de Boor, A Practical Guide to Splines, 1978), as R's `bs` makes them: piecewise
/// polynomials of a degree, each 0 but around some knots.
///
/// All of them add up to 1, so that the first is left out. Beyond the outer knots they are not defined.
package struct BSpline: Hashable, Sendable {
  /// The degree of the pieces; 3 for cubic.
  package let degree: Int
  /// The knots, ascending; the first and the last are the bounds.
  package let knots: [Double]
  /// The knots with the outer ones repeated.
  private let repeated: [Double]

  /// The splines of `freedom` functions, with inner knots at equidistant quantiles of some numbers; `nil` if two knots
  /// coincide.
  init?(over numbers: [Double], freedom: Int, degree: Int) {
    let sorted = numbers.sorted()
    let pieces = freedom - degree + 1
    self.init(degree: degree, knots: (0...pieces).map { sorted.quantile(Double($0) / Double(pieces)) })
  }

  /// The splines of these knots; `nil` unless there are two at least, and they ascend.
  init?(degree: Int, knots: [Double]) {
    guard (1...5).contains(degree), knots.count >= 2, knots.allSatisfy(\.isFinite),
      zip(knots, knots.dropFirst()).allSatisfy(<)
    else { return nil }
    self.degree = degree
    self.knots = knots
    repeated =
      [Double](repeating: knots[0], count: degree) + knots + [Double](repeating: knots[knots.count - 1], count: degree)
  }

  /// The number of functions.
  var count: Int { knots.count + degree - 2 }

  /// Whether the functions are defined at x.
  func contains(_ x: Double) -> Bool { x >= knots[0] && x <= knots[knots.count - 1] }

  /// Calls `body` with the functions, from 0 for the second, and the values at x that may not be 0.
  func forEachValue(_ x: Double, _ body: (Int, Double) -> Void) {
    let piece = min((knots.firstIndex { $0 > x } ?? knots.count) - 1, knots.count - 2)
    let place = piece + degree
    var values = [Double](repeating: 0, count: degree + 1)
    values[0] = 1
    for order in 1...degree {
      var saved = 0.0
      for j in 0..<order {
        let (right, left) = (repeated[place + j + 1], repeated[place + j + 1 - order])
        let share = values[j] / (right - left)
        values[j] = saved + (right - x) * share
        saved = (x - left) * share
      }
      values[order] = saved
    }
    for (j, value) in values.enumerated() where piece + j > 0 { body(piece + j - 1, value) }
  }
}

extension BSpline: Codable {
  private enum Key: String, CodingKey { case degree, knots }

  /// Reads degree and knots.
  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    let degree = try values.decode(Int.self, forKey: .degree)
    guard let spline = BSpline(degree: degree, knots: try values.decode([Double].self, forKey: .knots)) else {
      throw DecodingError.dataCorruptedError(forKey: .knots, in: values, debugDescription: "knots must ascend")
    }
    self = spline
  }

  /// Writes degree and knots.
  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(degree, forKey: .degree)
    try values.encode(knots, forKey: .knots)
  }
}
