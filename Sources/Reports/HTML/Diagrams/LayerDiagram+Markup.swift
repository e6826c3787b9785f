extension LayerDiagram {
  /// The picture with its heading and legend, in both widths.
  var markup: Markup {
    var heading = [Markup.element("strong", [:], [.emphasised(title)])]
    if let caption { heading += [Markup(raw: "<br/>"), .emphasised(caption)] }
    let (columns, rows) = (LayerColumns(self), LayerRows(self))
    return .element(
      "figure", ["class": "chart diagram"],
      [
        .element("figcaption", [:], heading), legend,
        drawing("wide", columns.width, columns.height, columns.parts),
        drawing("narrow", rows.width, rows.height, rows.parts),
      ])
  }

  /// The tooltip of a layer.
  func description(of layer: Layer) -> String {
    let share = Format.percent(Double(layer.kept) / Double(max(layer.width, 1)))
    let channels = Format.grouped(layer.width) + (layer.width == 1 ? " channel" : " channels")
    let cut = layer.isCut ? ", \(Format.grouped(layer.kept)) kept (\(share))" : ", all kept"
    return "\(layer.name)\n\(channels)\(cut)" + (layer.note.isEmpty ? "" : "\n\(layer.note)")
  }

  /// The widths beside a bar: `64 → 32`, or `64` where nothing was cut.
  func numbers(of layer: Layer) -> String {
    layer.isCut ? "\(layer.width) → \(layer.kept)" : "\(layer.width)"
  }

  private func drawing(_ name: String, _ width: Double, _ height: Double, _ parts: [Markup]) -> Markup {
    .element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "class": name, "role": "img",
        "viewBox": "0 0 \(SVG.coordinate(width)) \(SVG.coordinate(height))", "aria-label": title,
      ], [.element("title", text: title), .element("desc", text: summary)] + parts)
  }

  /// The picture in words, for those who cannot see it.
  private var summary: String {
    let cut = layers.filter(\.isCut)
    let names = layers.map { "\($0.name) \(numbers(of: $0))" }.joined(separator: ", ")
    return "\(layers.count) layers in order, \(cut.count) of them cut, \(links.count) residual connections. "
      + "Channels: \(names)."
  }

  private var legend: Markup {
    var entries = [("kept", "kept"), ("whole", "removed")]
    if layers.contains(where: { !$0.isCut }) { entries.append(("untouched", "not cut")) }
    let bars = entries.map { name, text in
      item(text, SVG.rectangle(name, x: 9, y: 1, width: 16, height: 12))
    }
    let skips =
      links.isEmpty ? [] : [item("residual connection", .element("path", ["class": "skip", "d": Self.sample]))]
    return .element("ul", ["class": "legend always"], bars + skips)
  }

  private static let sample = "M4 13L4 5L30 5L30 13"

  private func item(_ text: String, _ shape: Markup) -> Markup {
    let icon = Markup.element("svg", ["viewBox": "0 0 34 14", "aria-hidden": "true"], [shape])
    return .element("li", [:], [icon, Markup(text)])
  }
}
