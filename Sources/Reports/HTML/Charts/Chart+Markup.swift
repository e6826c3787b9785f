extension Chart {
  /// The chart with its heading and legend, in both widths.
  var markup: Markup {
    var heading = [Markup.element("strong", [:], [.emphasised(title)])]
    if let caption { heading += [Markup(raw: "<br/>"), .emphasised(caption)] }
    return .element(
      "figure", ["class": "chart"],
      [.element("figcaption", [:], heading), legend, drawing(isWide: true), drawing(isWide: false)])
  }

  /// The tooltip of a point.
  func description(of point: Point, in series: Series) -> String {
    let spread = point.spread.map { " (\(y.text(of: $0.lowerBound)) to \(y.text(of: $0.upperBound)))" } ?? ""
    return "\(series.name)\n\(x.title): \(x.text(of: point.x))\n\(y.title): \(y.text(of: point.y))\(spread)"
  }

  private func drawing(isWide: Bool) -> Markup {
    let frame = ChartFrame(self, isWide: isWide)
    let names = series.map(\.name).joined(separator: ", ")
    return .element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "class": isWide ? "wide" : "narrow", "role": "img",
        "viewBox": "0 0 \(SVG.coordinate(frame.width)) \(SVG.coordinate(frame.height))",
        "aria-label": "\(title). Line chart of \(y.title) against \(x.title). Series: \(names).",
      ], [frame.axes, frame.lines, frame.references, frame.markers, frame.directLabels])
  }

  /// The names of the series; a wide chart whose lines end together has the names at their ends instead.
  private var legend: Markup {
    let isAlways = !ChartFrame(self, isWide: true).hasDirectLabels
    let items = series.enumerated().map { index, series in
      var sample: [Markup] = []
      if series.line != .none {
        sample.append(.element("path", ["class": series.lineClass, "d": "M2 7L32 7"]))
      }
      let marker = Marker(series: index)
      sample.append(.element("path", ["class": marker.className, "d": marker.path(x: 17, y: 7)]))
      let icon = Markup.element("svg", ["viewBox": "0 0 34 14", "aria-hidden": "true"], sample)
      return Markup.element(
        "li", ["class": "s\(index % Marker.allCases.count)" + (series.isEmphasised ? " strong" : "")],
        [icon, Markup(series.name)])
    }
    return .element("ul", ["class": isAlways ? "legend always" : "legend"], items)
  }
}
