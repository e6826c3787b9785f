/// The layout of a picture of layers on a wide page: bars that stand side by side, in lines of some forty layers.
struct LayerColumns {
  private let diagram: LayerDiagram
  private let lines: [Range<Int>]
  private let nameHeight: Double
  private let numberHeight: Double

  let width: Double = 880
  var height: Double { Double(lines.count) * lineHeight - 14 }

  private static let mostInLine = 42
  private let barHeight: Double = 120
  private let linkHeight: Double
  private let levels: [Int]
  private static let levelCount = 4
  private static let levelGap: Double = 9

  init(_ diagram: LayerDiagram) {
    self.diagram = diagram
    let count = diagram.layers.count
    let lineCount = max(1, (count + Self.mostInLine - 1) / Self.mostInLine)
    lines = (0..<lineCount).map { $0 * count / lineCount..<($0 + 1) * count / lineCount }
    nameHeight = (diagram.layers.map { SVG.width(of: Self.shown($0.name)) * Self.scale }.max() ?? 0) + 12
    numberHeight = (diagram.layers.map { SVG.width(of: diagram.numbers(of: $0)) * Self.scale }.max() ?? 0) + 12
    levels = diagram.levels(atMost: Self.levelCount)
    linkHeight = diagram.links.isEmpty ? 0 : Double((levels.max() ?? 0) + 1) * Self.levelGap + 8
  }

  /// The size of names and numbers, relative to the text of charts.
  private static let scale = 12.0 / 14

  private static func shown(_ name: String) -> String { TextWidth.shortened(name, to: 24) }

  private var lineHeight: Double { linkHeight + numberHeight + barHeight + nameHeight + 14 }

  /// Everything that is drawn.
  var parts: [Markup] { lines.indices.map(line) }

  private func line(_ index: Int) -> Markup {
    let (layers, top) = (lines[index], Double(index) * lineHeight)
    let bottom = top + linkHeight + numberHeight + barHeight
    let pitch = min(64, width / Double(max(1, lines.map(\.count).max() ?? 1)))
    func center(_ layer: Int) -> Double { (Double(layer - layers.lowerBound) + 0.5) * pitch }

    let bands = diagram.shadedBlocks.compactMap { block -> Markup? in
      let shown = block.clamped(to: layers)
      guard !shown.isEmpty else { return nil }
      return SVG.rectangle(
        "block", x: center(shown.lowerBound) - pitch / 2, y: top + linkHeight, width: Double(shown.count) * pitch,
        height: numberHeight + barHeight + nameHeight)
    }
    let bars = layers.map { bar(diagram.layers[$0], center: center($0), width: min(34, pitch * 0.66), bottom: bottom) }
    let links = diagram.links.indices.compactMap { link -> Markup? in
      bracket(diagram.links[link], level: levels[link], in: layers, top: top, center: center)
    }
    return .element("g", [:], bands + links + bars + [SVG.line("axis", 0, bottom, width, bottom)])
  }

  private func bar(_ layer: LayerDiagram.Layer, center: Double, width: Double, bottom: Double) -> Markup {
    let whole = max(2, barHeight * diagram.length(of: layer.width))
    let kept = whole * Double(layer.kept) / Double(max(layer.width, 1))
    let left = center - width / 2
    var parts = [Markup.element("title", text: diagram.description(of: layer))]
    if layer.isCut {
      parts.append(SVG.rectangle("whole", x: left, y: bottom - whole, width: width, height: whole))
    }
    parts += [
      SVG.rectangle(layer.isCut ? "kept" : "untouched", x: left, y: bottom - kept, width: width, height: kept),
      upwards(diagram.numbers(of: layer), x: center, y: bottom - whole - 6, anchor: nil, layer.isCut ? "title" : nil),
      upwards(Self.shown(layer.name), x: center, y: bottom + 7, anchor: "end", nil),
    ]
    return .element("g", [:], parts)
  }

  /// Small text that reads from the bottom to the top.
  private func upwards(_ text: String, x: Double, y: Double, anchor: String?, _ name: String?) -> Markup {
    let place = [x + 4, y].map { SVG.coordinate($0) }
    return .element(
      "text",
      [
        "class": "small" + (name.map { " \($0)" } ?? ""), "text-anchor": anchor,
        "transform": "translate(\(place[0]) \(place[1])) rotate(-90)",
      ], text: text)
  }

  /// A bracket from one layer to another, cut off where the line of layers ends.
  private func bracket(
    _ link: LayerDiagram.Link, level: Int, in layers: Range<Int>, top: Double, center: (Int) -> Double
  ) -> Markup? {
    guard link.from < layers.upperBound, link.to >= layers.lowerBound else { return nil }
    let (high, low) = (top + linkHeight - 6 - Double(level + 1) * Self.levelGap, top + linkHeight - 3)
    let (begins, ends) = (layers.contains(link.from), layers.contains(link.to))
    // A layer at which one link ends and the next begins keeps the two apart.
    let left = SVG.coordinate(begins ? center(link.from) + 3 : 0)
    let right = SVG.coordinate(ends ? center(link.to) - 3 : width)
    let (upper, lower) = (SVG.coordinate(high), SVG.coordinate(low))
    let path =
      (begins ? "M\(left) \(lower)L\(left) \(upper)" : "M\(left) \(upper)") + "L\(right) \(upper)"
      + (ends ? "L\(right) \(lower)" : "")
    return .element("path", ["class": "skip", "d": path])
  }
}
