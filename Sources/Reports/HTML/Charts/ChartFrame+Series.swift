extension ChartFrame {
  /// The bands and lines, clipped at the axes.
  var lines: Markup {
    let ordered = chart.series.enumerated().sorted { !$0.element.isEmphasised && $1.element.isEmphasised }
    let paths = ordered.map { index, series in
      Markup.element(
        "g", ["class": className(index)],
        [
          band(series),
          series.line == .none ? Markup("") : .element("path", ["class": series.lineClass, "d": path(series)]),
        ])
    }
    // An inner svg clips its contents without an identifier, which would have to be unique in the page.
    let frame = [left, top, right - left, bottom - top].map { SVG.coordinate($0) }
    return .element(
      "svg",
      [
        "x": frame[0], "y": frame[1], "width": frame[2], "height": frame[3], "viewBox": frame.joined(separator: " "),
        "style": "width:\(frame[2])px;height:\(frame[3])px;max-width:none;display:block",
      ], paths)
  }

  /// The points with markers, each with its values as a tooltip.
  var markers: Markup {
    Markup(
      chart.series.enumerated().map { index, series in
        let shown = series.points.filter(shows)
        let marker = Marker(series: index)
        let every = shown.count <= 30 || series.line == .none ? 1 : (shown.count + 7) / 8
        let parts = shown.enumerated().map { order, point in
          let (x, y) = (x(point.x), y(point.y))
          // Along a long line the markers of the series are staggered, so that they do not cover each other.
          let isMarked = order % every == (every > 1 ? (index * 3) % every : 0)
          if !isMarked && (!isWide || shown.count > 400) { return Markup("") }
          return .element(
            "path",
            [
              "class": isMarked ? marker.className : "hit",
              "d": isMarked ? marker.path(x: x, y: y) : Marker.disc(x: x, y: y, radius: 5),
            ], [.element("title", text: chart.description(of: point, in: series))])
        }
        return .element("g", ["class": className(index)], parts)
      })
  }

  /// The names of the series at the ends of their lines, moved apart where they would overlap.
  var directLabels: Markup {
    guard hasDirectLabels else { return Markup("") }
    var labels = chart.series.enumerated().compactMap {
      index, series -> (index: Int, from: (Double, Double), y: Double)? in
      guard let last = series.points.last(where: chart.accepts) else { return nil }
      let end = min(max(y(last.y), top), bottom)
      return (index, (min(x(last.x), right), end), end)
    }
    labels.sort { ($0.y, $0.index) < ($1.y, $1.index) }
    let gap = min(18.5, (bottom - top) / Double(max(1, labels.count)))
    for index in labels.indices.dropFirst() { labels[index].y = max(labels[index].y, labels[index - 1].y + gap) }
    if let last = labels.indices.last, labels[last].y > bottom {
      labels[last].y = bottom
      for index in labels.indices.dropLast().reversed() {
        labels[index].y = min(labels[index].y, labels[index + 1].y - gap)
      }
    }
    return Markup(
      labels.map { label in
        let series = chart.series[label.index]
        let d = [label.from.0 + 7, label.from.1, right + 14, label.y].map { SVG.coordinate($0) }
        let leader = Markup.element("path", ["class": "leader", "d": "M\(d[0]) \(d[1])L\(d[2]) \(d[3])"])
        let name = TextWidth.shortened(series.name, to: 28)
        let text = SVG.text(name, x: right + 18, y: label.y + 4.8, class: "label")
        return .element("g", ["class": className(label.index)], [leader, text])
      })
  }

  private func className(_ index: Int) -> String {
    "s\(index % Marker.allCases.count)" + (chart.series[index].isEmphasised ? " strong" : "")
  }

  private func path(_ series: Series) -> String {
    pieces(series.points.map { chart.accepts($0) ? (x($0.x), y($0.y)) : nil }).map(polyline).joined()
  }

  private func band(_ series: Series) -> Markup {
    let edges = series.points.map { point -> (Double, low: Double, high: Double)? in
      guard let spread = point.spread, chart.x.accepts(point.x), spread.upperBound.isFinite else { return nil }
      let low = chart.y.accepts(spread.lowerBound) ? spread.lowerBound : yScale.domain.lowerBound
      return chart.y.accepts(spread.upperBound) ? (x(point.x), y(low), y(spread.upperBound)) : nil
    }
    let areas = pieces(edges).map { piece in
      polyline(piece.map { ($0.0, $0.high) } + piece.reversed().map { ($0.0, $0.low) }) + "z"
    }
    return areas.isEmpty ? Markup("") : .element("path", ["class": "band", "d": areas.joined()])
  }

  /// The pieces between gaps.
  private func pieces<Element>(_ elements: [Element?]) -> [[Element]] {
    var pieces: [[Element]] = [[]]
    for element in elements {
      if let element { pieces[pieces.count - 1].append(element) } else { pieces.append([]) }
    }
    return pieces.filter { !$0.isEmpty }
  }

  private func polyline(_ places: [(Double, Double)]) -> String {
    "M" + places.map { "\(SVG.coordinate($0.0)) \(SVG.coordinate($0.1))" }.joined(separator: "L")
  }
}

extension Series {
  /// The class of the line that joins the points.
  var lineClass: String {
    switch line {
    case .solid, .none: "line"
    case .dashed: "line dashed"
    case .dotted: "line dotted"
    }
  }
}
