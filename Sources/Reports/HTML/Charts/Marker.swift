/// The shape of a series' points; ten are distinguishable without colour.
enum Marker: Int, CaseIterable {
  case circle, square, triangle, diamond, openCircle, invertedTriangle, openSquare, openDiamond, openTriangle,
    openInvertedTriangle

  /// The shape of the series at an index.
  init(series index: Int) {
    self = Self.allCases[index % Self.allCases.count]
  }

  /// The CSS class, which fills the shape or leaves it open.
  var className: String {
    switch self {
    case .openCircle, .openSquare, .openDiamond, .openTriangle, .openInvertedTriangle: "marker open"
    default: "marker"
    }
  }

  /// The outline around a point, as the data of an SVG path.
  func path(x: Double, y: Double) -> String {
    switch self {
    case .circle, .openCircle: Self.disc(x: x, y: y, radius: 4.2)
    case .square, .openSquare: Self.polygon(x, y, [(-3.8, -3.8), (3.8, -3.8), (3.8, 3.8), (-3.8, 3.8)])
    case .triangle, .openTriangle: Self.polygon(x, y, [(0, -5.2), (4.9, 3.6), (-4.9, 3.6)])
    case .invertedTriangle, .openInvertedTriangle: Self.polygon(x, y, [(0, 5.2), (4.9, -3.6), (-4.9, -3.6)])
    case .diamond, .openDiamond: Self.polygon(x, y, [(0, -5.4), (5.4, 0), (0, 5.4), (-5.4, 0)])
    }
  }

  /// A circle, as the data of an SVG path.
  static func disc(x: Double, y: Double, radius: Double) -> String {
    let (r, d) = (SVG.coordinate(radius), SVG.coordinate(2 * radius))
    return "M\(SVG.coordinate(x - radius)) \(SVG.coordinate(y))a\(r) \(r) 0 1 0 \(d) 0a\(r) \(r) 0 1 0 -\(d) 0z"
  }

  private static func polygon(_ x: Double, _ y: Double, _ corners: [(Double, Double)]) -> String {
    "M" + corners.map { "\(SVG.coordinate(x + $0.0)) \(SVG.coordinate(y + $0.1))" }.joined(separator: "L") + "z"
  }
}
