/// A line chart: series of points over two axes.
package struct Chart: Hashable, Sendable {
  /// The heading.
  package var title: String
  /// One or two sentences on how to read the chart.
  package var caption: String?
  /// The horizontal axis.
  package var x: Axis
  /// The vertical axis.
  package var y: Axis
  /// The lines. Colours and markers distinguish eight; after those they repeat.
  package var series: [Series]
  /// Reference values, such as the accuracy of the dense network.
  package var references: [Reference]

  /// Makes a chart.
  package init(
    _ title: String, x: Axis, y: Axis, series: [Series], references: [Reference] = [], caption: String? = nil
  ) {
    self.title = title
    self.x = x
    self.y = y
    self.series = series
    self.references = references
    self.caption = caption
  }
}

/// A line across the whole chart at one value of an axis.
package enum Reference: Hashable, Sendable {
  /// A line at a value of y.
  case horizontal(Double, String)
  /// A line at a value of x.
  case vertical(Double, String)
}

/// A named line of a chart.
package struct Series: Hashable, Sendable {
  /// The style of the line between points.
  package enum Line: Hashable, Sendable {
    /// A solid line.
    case solid
    /// A dashed line.
    case dashed
    /// A dotted line.
    case dotted
    /// No line.
    case none
  }

  /// The name in the legend.
  package var name: String
  /// The points in the order in which they are joined; the line breaks at points that cannot be drawn.
  package var points: [Point]
  /// The style of the line between points.
  package var line: Line
  /// Whether the line is emphasised: drawn thicker, and above the others.
  package var isEmphasised: Bool

  /// Makes a series.
  package init(_ name: String, _ points: [Point], line: Line = .solid, isEmphasised: Bool = false) {
    self.name = name
    self.points = points
    self.line = line
    self.isEmphasised = isEmphasised
  }

  /// Makes a series of values at positions; the longer array is truncated.
  package init(_ name: String, x: [Double], y: [Double], line: Line = .solid, isEmphasised: Bool = false) {
    self.init(name, zip(x, y).map { Point($0, $1) }, line: line, isEmphasised: isEmphasised)
  }
}

/// A point of a series, optionally with a spread.
package struct Point: Hashable, Sendable {
  /// The position on the horizontal axis.
  package var x: Double
  /// The position on the vertical axis; a non-finite value (or a nonpositive one on a logarithmic axis) leaves a gap.
  package var y: Double
  /// The spread around y, drawn as a band.
  package var spread: ClosedRange<Double>?

  /// Makes a point.
  package init(_ x: Double, _ y: Double, spread: ClosedRange<Double>? = nil) {
    self.x = x
    self.y = y
    self.spread = spread
  }
}
