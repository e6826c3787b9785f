import EspalierPruning
import EspalierReports

extension PruningReport {
  /// The network as a picture with what was cut at each layer, and its widths in a table; empty without an outline.
  var picture: [Block] {
    guard let outline else { return [] }
    let diagram = LayerDiagram(
      "Channels of each layer",
      layers: outline.layers.map { layer in
        LayerDiagram.Layer(
          layer.name, block: layer.block, width: layer.width, kept: layer.kept, note: note(of: layer))
      },
      links: outline.residuals.map { LayerDiagram.Link(from: $0.from, to: $0.to) },
      caption: "Layers that make channels, from the input to the output; depthwise ones pass on what they read. The "
        + "outline of a bar grows with the square root of the dense layer's channels, and the filled part is the share "
        + "that is kept. Shaded backgrounds set off blocks.")
    return [.diagram(diagram), .details(summary: "Kept widths, layer by layer", [.table(widths(outline))])]
  }

  private func note(of layer: NetworkOutline.Layer) -> String {
    let lines = layer.groups.compactMap { id -> String? in
      guard let entry = result.groups.first(where: { $0.group.id == id }) else { return nil }
      let refitted = entry.relativeRefittedResidual.map { ", \(Format.number($0, digits: 3)) after re-fit" } ?? ""
      return "group \(id): relative residual \(Format.number(entry.relativeResidual, digits: 3))\(refitted)"
    }
    return ([layer.op.description] + lines).joined(separator: "\n")
  }

  private func widths(_ outline: NetworkOutline) -> Table {
    Table(
      ["Layer", "operator", .numbers("dense"), .numbers("kept"), .numbers("share"), "group"],
      rows: outline.layers.map { layer in
        [
          Cell(layer.name), Cell(layer.op.type), Cell(Format.grouped(layer.width)), Cell(Format.grouped(layer.kept)),
          .percent(Double(layer.kept) / Double(max(layer.width, 1))), Cell(layer.groups.joined(separator: ", ")),
        ]
      })
  }

  /// The residual of each group before and after the re-fit, as a chart.
  var groupResiduals: Chart {
    func series(_ name: String, _ value: (PruningResult.Group) -> Double?) -> Series {
      Series(name, result.groups.enumerated().map { Point(Double($0 + 1), value($1) ?? .nan) })
    }
    let hasRefit = result.groups.contains { $0.refittedResidual != nil }
    return Chart(
      "Residual, group by group", x: Axis("group, from the first layer to the last"), y: Axis("‖V‖² / ‖U‖²"),
      series: [series("weights unchanged", \.relativeResidual)]
        + (hasRefit ? [series("after re-fit", \.relativeRefittedResidual)] : []),
      caption: "How much of the next layer's output is lost at each group.")
  }
}
