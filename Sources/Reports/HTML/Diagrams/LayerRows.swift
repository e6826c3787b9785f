/// The layout of a picture of layers on a narrow page: bars that lie one below the other, with names and widths in full
/// size.
struct LayerRows {
  private let diagram: LayerDiagram
  private let levels: [Int]
  private let left: Double
  private let right: Double

  let width: Double = 420
  private let pitch: Double = 24
  var height: Double { Double(max(1, diagram.layers.count)) * pitch + 6 }

  private static let levelCount = 3
  private static let levelGap: Double = 8
  private static let longestName = 20

  init(_ diagram: LayerDiagram) {
    self.diagram = diagram
    levels = diagram.levels(atMost: Self.levelCount)
    let links = diagram.links.isEmpty ? 0 : Double((levels.max() ?? 0) + 1) * Self.levelGap + 6
    let names = diagram.layers.map { SVG.width(of: Self.shown($0.name)) }.max() ?? 0
    let numbers = diagram.layers.map { SVG.width(of: diagram.numbers(of: $0)) }.max() ?? 0
    left = min(170, names * 1.05) + 10
    right = width - links - numbers - 8
  }

  private static func shown(_ name: String) -> String { TextWidth.shortened(name, to: longestName) }

  /// Everything that is drawn.
  var parts: [Markup] {
    let bands = diagram.shadedBlocks.map { block in
      SVG.rectangle(
        "block", x: 0, y: Double(block.lowerBound) * pitch + 3, width: width, height: Double(block.count) * pitch)
    }
    return bands + zip(diagram.links, levels).map(bracket) + diagram.layers.indices.map(row)
  }

  private func row(_ index: Int) -> Markup {
    let layer = diagram.layers[index]
    let (y, height) = (Double(index) * pitch + 8, pitch - 10)
    let whole = max(2, (right - left) * diagram.length(of: layer.width))
    let kept = whole * Double(layer.kept) / Double(max(layer.width, 1))
    var parts = [Markup.element("title", text: diagram.description(of: layer))]
    parts.append(SVG.text(Self.shown(layer.name), x: left - 8, y: y + 11.5, anchor: "end"))
    if layer.isCut { parts.append(SVG.rectangle("whole", x: left, y: y, width: whole, height: height)) }
    parts.append(
      SVG.rectangle(layer.isCut ? "kept" : "untouched", x: left, y: y, width: kept, height: height))
    parts.append(
      SVG.text(diagram.numbers(of: layer), x: left + whole + 6, y: y + 11.5, class: layer.isCut ? "title" : nil))
    return .element("g", [:], parts)
  }

  /// A bracket at the right edge from one layer down to another.
  private func bracket(_ link: LayerDiagram.Link, level: Int) -> Markup {
    func middle(_ layer: Int) -> Double { (Double(layer) + 0.5) * pitch + 3 }
    let inner = width - 3 - Double((levels.max() ?? 0) + 1) * Self.levelGap
    let (start, end) = (SVG.coordinate(inner), SVG.coordinate(inner + Double(level + 1) * Self.levelGap))
    let (upper, lower) = (SVG.coordinate(middle(link.from) + 3), SVG.coordinate(middle(link.to) - 3))
    return .element(
      "path", ["class": "skip", "d": "M\(start) \(upper)L\(end) \(upper)L\(end) \(lower)L\(start) \(lower)"])
  }
}
