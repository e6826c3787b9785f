extension HeatMap {
  /// The map with its heading and colour legend.
  var markup: Markup {
    var heading = [Markup.element("strong", [:], [.emphasised(title)])]
    if let caption { heading += [Markup(raw: "<br/>"), .emphasised(caption)] }
    let frame = HeatMapFrame(self)
    let drawing = Markup.element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "role": "img",
        "viewBox": "0 0 \(SVG.coordinate(frame.width)) \(SVG.coordinate(frame.height))",
        "aria-label": "\(title). Map of \(color.title) over \(x.title) and \(y.title).",
      ], [frame.cells, frame.axes, frame.legend])
    return .element("figure", ["class": "map"], [.element("figcaption", [:], heading), drawing])
  }
}
