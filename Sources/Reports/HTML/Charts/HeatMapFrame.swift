/// The layout of a heat map.
struct HeatMapFrame {
  let map: HeatMap
  let colors: Scale
  let left: Double
  let width: Double = 420
  let top: Double = 30
  var right: Double { width - 12 }
  var bottom: Double {
    let square = (right - left) * Double(map.rows.count) / Double(max(1, map.columns.count))
    return top + min(max(square, 0.5 * (right - left)), right - left)
  }
  var height: Double { bottom + 122 }

  init(_ map: HeatMap) {
    self.map = map
    let values = map.values.joined().filter(map.color.accepts)
    if let range = map.color.range, map.color.accepts(range.lowerBound), map.color.accepts(range.upperBound) {
      colors = Scale(map.color.scale, domain: range)
    } else if let low = values.min(), let high = values.max() {
      colors = Scale(map.color.scale, domain: low...high)
    } else {
      colors = Scale(map.color.scale, holding: [])
    }
    left = (Self.ticks(map.y, map.rows, count: 6).map { SVG.width(of: $0.label) }.max() ?? 0) + 14
  }

  /// The values; equal neighbours in a row share a rectangle.
  var cells: Markup {
    let (columns, rows) = (map.columns.count, map.rows.count)
    var parts: [Markup] = []
    for row in 0..<rows {
      var start = 0
      for column in 0..<columns where column == columns - 1 || !areSame(row, column, column + 1) {
        parts.append(cell(row, start...column))
        start = column + 1
      }
    }
    let frame = [left, top, right - left, bottom - top].map { SVG.coordinate($0) }
    return .element(
      "svg",
      [
        "x": frame[0], "y": frame[1], "width": frame[2], "height": frame[3], "viewBox": "0 0 \(columns) \(rows)",
        "preserveAspectRatio": "none", "shape-rendering": "crispEdges",
        "style": "width:\(frame[2])px;height:\(frame[3])px;max-width:none",
      ], parts)
  }

  /// The labels and titles of both axes.
  var axes: Markup {
    var parts = [SVG.text(map.y.title, x: 0, y: 15, class: "title")]
    for tick in Self.ticks(map.y, map.rows, count: 6) {
      let y = bottom - (bottom - top) * tick.position
      parts.append(SVG.line("axis", left - 5, y, left, y))
      parts.append(SVG.text(tick.label, x: left - 8, y: y + 4.8, anchor: "end"))
    }
    var free = -Double.infinity
    for tick in Self.ticks(map.x, map.columns, count: 5) {
      let (x, half) = (left + (right - left) * tick.position, SVG.width(of: tick.label) / 2)
      parts.append(SVG.line("axis", x, bottom, x, bottom + 5))
      if x - half < free + 6 { continue }
      free = x + half
      parts.append(SVG.text(tick.label, x: min(x, width - half), y: bottom + 20, anchor: "middle"))
    }
    parts.append(SVG.text(map.x.title, x: (left + right) / 2, y: bottom + 40, anchor: "middle", class: "title"))
    return Markup(parts)
  }

  /// The colour scale, and the colour of missing values.
  var legend: Markup {
    let hasMissing = map.values.joined().contains { !map.color.accepts($0) }
    let missingWidth = hasMissing ? SVG.width(of: map.missing) + 34 : 0
    let (y, end) = (bottom + 72, right - missingWidth)
    var parts = [SVG.text(map.color.title, x: left, y: y - 8, class: "title")]
    let steps = 64
    let step = (end - left) / Double(steps)
    for index in 0..<steps {
      parts.append(
        rectangle(left + Double(index) * step, y, step + 0.5, 12, ColorRamp.color(at: (Double(index) + 0.5) / 64)))
    }
    let ticks = map.color.ticks.map { Ticks($0, on: colors) } ?? Ticks(for: colors, count: 4)
    var free = -Double.infinity
    for (value, label) in zip(ticks.major, ticks.labels(map.color)) {
      let (x, half) = (left + (end - left) * colors.position(of: value), SVG.width(of: label) / 2)
      parts.append(SVG.line("axis", x, y + 12, x, y + 16))
      if x - half < free + 6 { continue }
      free = x + half
      parts.append(SVG.text(label, x: x, y: y + 31, anchor: "middle"))
    }
    if hasMissing {
      parts.append(rectangle(end + 18, y, 12, 12, nil))
      parts.append(SVG.text(map.missing, x: end + 35, y: y + 11))
    }
    return Markup(parts)
  }

  /// Ticks of an axis of cells, at positions interpolated between the centres of the cells.
  private static func ticks(_ axis: Axis, _ values: [Double], count: Int) -> [(position: Double, label: String)] {
    let usable = values.filter(axis.accepts)
    guard usable.count == values.count, let low = values.min(), let high = values.max() else { return [] }
    let scale = Scale(axis.scale, domain: low...high)
    // The ends of the domain may miss a round number by a rounding error.
    let exact = Scale(axis.scale, domain: scale.value(at: -1e-6)...scale.value(at: 1 + 1e-6))
    let ticks = axis.ticks.map { Ticks($0, on: exact) } ?? Ticks(for: exact, count: count)
    return zip(ticks.major, ticks.labels(axis)).map { value, label in
      let place = min(max(scale.position(of: value), 0), 1)
      let upper = values.firstIndex { scale.position(of: $0) >= place - 1e-9 } ?? values.count - 1
      let lower = max(0, upper - 1)
      let (before, after) = (scale.position(of: values[lower]), scale.position(of: values[upper]))
      let part = after > before ? (place - before) / (after - before) : 0
      return ((Double(lower) + part * Double(upper - lower) + 0.5) / Double(values.count), label)
    }
  }

  private func areSame(_ row: Int, _ first: Int, _ second: Int) -> Bool {
    let (one, other) = (map.values[row][first], map.values[row][second])
    return one == other || (!map.color.accepts(one) && !map.color.accepts(other))
  }

  private func cell(_ row: Int, _ columns: ClosedRange<Int>) -> Markup {
    let value = map.values[row][columns.lowerBound]
    let isShown = map.color.accepts(value)
    let (first, last) = (map.columns[columns.lowerBound], map.columns[columns.upperBound])
    let places = map.x.text(of: first) + (columns.count > 1 ? " to " + map.x.text(of: last) : "")
    let text = isShown ? "\(map.color.title): \(map.color.text(of: value))" : map.missing
    let tooltip = "\(map.x.title): \(places)\n\(map.y.title): \(map.y.text(of: map.rows[row]))\n\(text)"
    return rectangle(
      Double(columns.lowerBound), Double(map.rows.count - 1 - row), Double(columns.count), 1,
      isShown ? ColorRamp.color(at: colors.position(of: value)) : nil, tooltip: tooltip)
  }

  private func rectangle(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ color: String?, tooltip: String? = nil
  ) -> Markup {
    .element(
      "rect",
      [
        "x": SVG.coordinate(x), "y": SVG.coordinate(y), "width": SVG.coordinate(width),
        "height": SVG.coordinate(height), "fill": color, "class": color == nil ? "missing" : nil,
      ], tooltip.map { [.element("title", text: $0)] } ?? [])
  }
}
