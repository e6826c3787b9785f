extension ChartFrame {
  /// The grid, the axes, their labels and titles.
  var axes: Markup {
    var parts: [Markup] = []
    for value in yTicks.minor { parts.append(SVG.line("minor", left, y(value), right, y(value))) }
    for value in xTicks.minor { parts.append(SVG.line("minor", x(value), top, x(value), bottom)) }
    for (value, label) in zip(yTicks.major, yTicks.labels(chart.y)) {
      parts.append(SVG.line("grid", left, y(value), right, y(value)))
      parts.append(SVG.text(label, x: left - 8, y: y(value) + 4.8, anchor: "end"))
    }
    parts.append(SVG.line("axis", left, bottom, right, bottom))
    var free = -Double.infinity
    for (value, label) in zip(xTicks.major, xTicks.labels(chart.x)) {
      let (place, half) = (x(value), SVG.width(of: label) / 2)
      parts.append(SVG.line("grid", place, top, place, bottom))
      parts.append(SVG.line("axis", place, bottom, place, bottom + 5))
      // Labels that would overlap are omitted, but their ticks are kept.
      if place - half < free + 6 { continue }
      free = place + half
      let inside = min(max(place, half), width - half)
      parts.append(SVG.text(label, x: inside, y: bottom + 20, anchor: "middle"))
    }
    parts.append(SVG.text(chart.y.title, x: 0, y: 15, class: "title"))
    parts.append(SVG.text(chart.x.title, x: (left + right) / 2, y: height - 8, anchor: "middle", class: "title"))
    return Markup(parts)
  }

  /// The reference lines and their names.
  var references: Markup {
    Markup(
      chart.references.flatMap { reference -> [Markup] in
        switch reference {
        case .horizontal(let value, let name):
          guard chart.y.accepts(value), yScale.domain.contains(value) else { return [] }
          let place = y(value)
          return [
            SVG.line("reference", left, place, right, place),
            SVG.text(name, x: left + 8, y: place < top + 3 ? place + 17 : place - 7, class: "halo"),
          ]
        case .vertical(let value, let name):
          guard chart.x.accepts(value), xScale.domain.contains(value) else { return [] }
          let place = x(value)
          let isLeft = place + SVG.width(of: name) + 8 > right
          return [
            SVG.line("reference", place, top, place, bottom),
            SVG.text(
              name, x: isLeft ? place - 7 : place + 7, y: top + 14, anchor: isLeft ? "end" : "start", class: "halo"),
          ]
        }
      })
  }
}
