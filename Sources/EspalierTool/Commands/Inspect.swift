import ArgumentParser
import EspalierFiles
import EspalierGraph
import EspalierPruning
import EspalierReports
import EspalierWorkflows

/// `espalier inspect`.
struct Inspect: ResourceCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows a network's layers, costs and prunable groups, and why a group is not prunable.",
    discussion: """
      EXAMPLES:
        espalier inspect model.onnx
        espalier inspect model.onnx --json
        espalier inspect model.onnx --shape image=1x3x48x192
      """)

  @Argument(help: "The ONNX file.") var model: ModelFile
  @Flag(help: "Write JSON to standard output.") var json = false
  @OptionGroup var shape: ShapeOptions
  @OptionGroup var rules: RulesOptions
  @OptionGroup var resources: ResourceOptions

  func run() throws {
    let model = try rules.read(model)
    let inspection = try self.model.blame {
      try Inspection(model.graph, shapes: try shape.shapes(of: model.graph, in: self.model))
    }
    if json { return try JSONReport.write(InspectJSON(model, inspection), to: "-") }
    let terminal = Terminal.standardOutput
    try StandardOutput.print("\(self.model.path): \(model.graph.name.printable), opset \(model.graph.opsets[""] ?? 0)")
    try StandardOutput.print(
      "\(Format.count(inspection.cost.parameters)) parameters, "
        + "\(Format.count(inspection.cost.macs)) MACs for one sample, \(Format.bytes(inspection.cost.bytes)) stored, "
        + "\(Format.bytes(inspection.cost.peakActivationBytes)) of activations at "
        + "the peak")
    try StandardOutput.print(Self.basis(model.graph, inspection).printable + "\n")
    try StandardOutput.print(TextTable(layers(inspection), for: terminal).text)
    try StandardOutput.print("\n" + TextTable(groups(inspection), for: terminal).text)
  }

  /// The input shapes for which costs are counted, and the sizes assumed where the file leaves them open.
  private static func basis(_ graph: Graph, _ inspection: Inspection) -> String {
    let shapes = graph.feeds.compactMap { feed in inspection.countedFor[feed.name].map { "\(feed.name) \($0)" } }
    let open = inspection.openAxes.filter { $0.axis > 0 }.map { axis in
      "axis \(axis.axis) of \(axis.input)" + (axis.name.map { " (\($0))" } ?? "")
    }
    return "counted for \(shapes.listed())"
      + (open.isEmpty
        ? "" : "; the file leaves \(open.listed()) open, and other sizes cost more or less")
  }

  private func layers(_ inspection: Inspection) -> Table {
    Table(
      ["Layer", "Operator", .numbers("Output"), .numbers("Parameters"), .numbers("MACs")],
      rows: inspection.layers.map {
        [
          Cell($0.module ?? $0.name), Cell($0.op.description), Cell($0.output.shape.description), .count($0.parameters),
          .count($0.macs),
        ]
      })
  }

  /// A chain that fits a terminal: of many members, the first, the last, and the number between.
  private static func shortened(_ members: [String]) -> String {
    guard members.count > 6 else { return members.joined(separator: " => ") }
    return (members.prefix(4) + ["(\(members.count - 5) more)"] + members.suffix(1)).joined(separator: " => ")
  }

  private func groups(_ inspection: Inspection) -> Table {
    Table(
      ["Group", .numbers("Units"), "Scope", .numbers("Parameters"), .numbers("MACs"), "Depends"],
      rows: inspection.groups.map { entry in
        let group = entry.group
        return [
          Cell(group.id), .count(group.size),
          Cell(group.kind.map { "\(group.scope.rawValue), \($0)" } ?? group.scope.rawValue), .count(entry.parameters),
          .count(entry.macs),
          Cell(group.frozen.map { "not prunable: \($0)" } ?? Self.shortened(group.members)),
        ]
      })
  }
}
