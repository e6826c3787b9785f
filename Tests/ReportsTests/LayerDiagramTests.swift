import EspalierReports
import Testing

/// Networks as pictures.
@Suite("Pictures of networks")
struct LayerDiagramTests {
  private func page(_ diagram: LayerDiagram) -> String {
    Document(title: "t", sections: [Section("s", [.diagram(diagram)])]).html
  }

  private let diagram = LayerDiagram(
    "Layers",
    layers: [
      .init("stem", block: "stem", width: 16, kept: 16),
      .init("a.1", block: "a", width: 64, kept: 16, note: "cut a lot"),
      .init("a.2", block: "a", width: 16, kept: 16),
    ], links: [.init(from: 0, to: 2), .init(from: 2, to: 1), .init(from: 1, to: 7)])

  @Test("each layer says what was cut, in both widths")
  func tooltips() {
    let html = page(diagram)
    #expect(html.components(separatedBy: "<title>a.1\n64 channels, 16 kept (25.0 %)\ncut a lot</title>").count == 3)
    #expect(html.components(separatedBy: "<title>stem\n16 channels, all kept</title>").count == 3)
    #expect(html.components(separatedBy: ">64 → 16</text>").count == 3)
  }

  @Test("the picture is described in words")
  func description() {
    let html = page(diagram)
    #expect(html.contains("<title>Layers</title><desc>3 layers in order, 1 of them cut, 1 residual connections."))
    #expect(html.contains("Channels: stem 16, a.1 64 → 16, a.2 16."))
  }

  @Test("bars grow with the square root of the width, and are filled to the share kept")
  func bars() throws {
    let html = page(diagram)
    func heights(_ name: String) -> [Double] {
      html.components(separatedBy: "<rect class=\"\(name)\"").dropFirst().compactMap { part in
        part.components(separatedBy: "height=\"").dropFirst().first?.split(separator: "\"").first.flatMap { Double($0) }
      }
    }
    // The first are those of the legend, the next those of the wide drawing.
    let (whole, kept, untouched) = (heights("whole")[1], heights("kept")[1], heights("untouched")[1])
    #expect(kept == whole / 4 && untouched == whole / 2)
  }

  @Test("blocks of several layers are set off, and nothing if there are none")
  func blocks() {
    func backgrounds(_ names: [String]) -> Int {
      let layers = names.map { LayerDiagram.Layer("l", block: $0, width: 8, kept: 4) }
      return page(LayerDiagram("l", layers: layers)).components(separatedBy: "class=\"block\"").count - 1
    }
    // In both widths: the first and third block.
    #expect(backgrounds(["a", "a", "b", "c", "c"]) == 4 && backgrounds(["a", "b", "c"]) == 0)
  }

  @Test("connections that lead nowhere or backwards are left out")
  func links() {
    #expect(diagram.links == [.init(from: 0, to: 2)])
    #expect(!page(LayerDiagram("l", layers: diagram.layers)).contains("class=\"skip\""))
  }

  @Test("a network of many layers is drawn in several lines")
  func lines() throws {
    func height(_ count: Int) throws -> Double {
      let layers = (0..<count).map { LayerDiagram.Layer("l", block: "\($0)", width: 8, kept: 8) }
      let box = try #require(
        page(LayerDiagram("l", layers: layers)).components(separatedBy: "class=\"wide\"").last?
          .components(separatedBy: "viewBox=\"0 0 880 ").dropFirst().first?.split(separator: "\"").first)
      return try #require(Double(box))
    }
    let heights = try [10, 40, 80, 100].map(height)
    #expect(heights[0] == heights[1] && heights[2] > 1.9 * heights[1] && heights[3] > 2.8 * heights[1])
  }
}
