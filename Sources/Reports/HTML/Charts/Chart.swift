/// A line chart: series of points over two axes.
package struct Chart: Hashable, Sendable {
  /// What the chart shows, as a heading.
  package var title: String
  /// One or two sentences that say how to read it.
  package var caption: String?
  /// The horizontal axis.
  package var x: Axis
  /// The vertical axis.
  package var y: Axis
  /// The lines. Eight can be told apart by colour and by marker; after those the colours begin again.
  package var series: [Series]
  /// Values to compare with, such as the accuracy of the dense network.
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
  /// How the points are joined.
  package enum Line: Hashable, Sendable {
    /// By a full line.
    case solid
    /// By dashes.
    case dashed
    /// By dots.
    case dotted
    /// Not at all.
    case none
  }

  /// The name in the legend.
  package var name: String
  /// The points, in the order in which they are joined; the line breaks where a point cannot be drawn.
  package var points: [Point]
  /// How the points are joined.
  package var line: Line
  /// Whether the line is the one to look at, and is drawn thicker, above the others.
  package var isEmphasised: Bool

  /// Makes a series.
  package init(_ name: String, _ points: [Point], line: Line = .solid, isEmphasised: Bool = false) {
    self.name = name
    self.points = points
    self.line = line
    self.isEmphasised = isEmphasised
  }

  /// Makes a series of values at positions; what is longer is cut.
  package init(_ name: String, x: [Double], y: [Double], line: Line = .solid, isEmphasised: Bool = false) {
    self.init(name, zip(x, y).map { Point($0, $1) }, line: line, isEmphasised: isEmphasised)
  }
}

/// A point of a series, perhaps with the spread of what it summarises.
package struct Point: Hashable, Sendable {
  /// The position on the horizontal axis.
  package var x: Double
  /// The position on the vertical axis; one that is not finite (or not positive on a logarithmic axis) leaves a gap.
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
