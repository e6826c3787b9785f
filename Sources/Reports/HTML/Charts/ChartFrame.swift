/// The layout of a chart, for one width of the page.
///
/// A chart is drawn twice, wide and narrow, and the page shows the one that fits, so that text keeps its size on a
/// phone.
struct ChartFrame {
  let chart: Chart
  let isWide: Bool
  let xScale: Scale
  let yScale: Scale
  let xTicks: Ticks
  let yTicks: Ticks
  let hasDirectLabels: Bool
  let width: Double
  let height: Double
  let left: Double
  let right: Double
  let top: Double = 34
  var bottom: Double { height - 52 }

  /// Lays a chart out.
  init(_ chart: Chart, isWide: Bool) {
    self.chart = chart
    self.isWide = isWide
    width = isWide ? 880 : 420
    height = isWide ? 430 : 350
    xScale = chart.scale(of: chart.x) {
      [$0.x]
    } references: {
      if case .vertical(let x, _) = $0 { x } else { nil }
    }
    yScale = chart.scale(of: chart.y) {
      [$0.y] + ($0.spread.map { [$0.lowerBound, $0.upperBound] } ?? [])
    } references: {
      if case .horizontal(let y, _) = $0 { y } else { nil }
    }
    let (x, y) = (xScale, yScale)
    xTicks = chart.x.ticks.map { Ticks($0, on: x) } ?? Ticks(for: x, count: isWide ? 9 : 4)
    yTicks = chart.y.ticks.map { Ticks($0, on: y) } ?? Ticks(for: y, count: isWide ? 7 : 6)
    left = (yTicks.labels(chart.y).map { SVG.width(of: $0) }.max() ?? 0) + 14
    hasDirectLabels = isWide && chart.endsTogether(on: xScale)
    let names = chart.series.map { SVG.width(of: $0.name) }.max() ?? 0
    right = width - (hasDirectLabels ? min(270, names * 1.1 + 30) : 18)
  }

  /// The horizontal position of a value.
  func x(_ value: Double) -> Double { left + (right - left) * xScale.position(of: value) }

  /// The vertical position of a value.
  func y(_ value: Double) -> Double { bottom - (bottom - top) * yScale.position(of: value) }

  /// Whether a point can be drawn and lies within the axes.
  func shows(_ point: Point) -> Bool {
    chart.accepts(point) && xScale.domain.contains(point.x) && yScale.domain.contains(point.y)
  }
}

extension Chart {
  /// Whether a point has a position on both axes.
  func accepts(_ point: Point) -> Bool { x.accepts(point.x) && y.accepts(point.y) }

  /// Whether all series end near the right edge, with room for their names.
  func endsTogether(on scale: Scale) -> Bool {
    (1...10).contains(series.count)
      && series.allSatisfy { series in
        guard let last = series.points.last(where: accepts), series.line != .none else { return false }
        return scale.position(of: last.x) > 0.9
      }
  }

  /// The scale of an axis: its own range, or that of the values of all points and references.
  func scale(
    of axis: Axis, values: (Point) -> [Double], references place: (Reference) -> Double?
  ) -> Scale {
    if let range = axis.range, axis.accepts(range.lowerBound), axis.accepts(range.upperBound) {
      return Scale(axis.scale, domain: range)
    }
    return Scale(
      axis.scale, holding: series.flatMap { $0.points.flatMap(values) } + references.compactMap(place))
  }
}
