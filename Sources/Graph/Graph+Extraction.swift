extension Graph {
  /// The part of the graph that computes `targets` from `sources`: nothing before the sources, nothing beside the targets.
  ///
  /// The sources become the inputs (a source that is a constant stays one), the targets the outputs, and constants nobody
  /// reads any more go. Inputs of the whole graph that the targets need and the sources do not cover stay inputs.
  package func extracting(from sources: [ValueInfo] = [], to targets: [String]) -> Graph {
    let cut = Set(sources.map(\.name))
    var needed = Set(targets)
    var kept: [Node] = []
    for node in nodes.reversed() where node.outputs.contains(where: { needed.contains($0) && !cut.contains($0) }) {
      kept.append(node)
      needed.formUnion(node.inputs)
      needed.formUnion(node.capturedValues)
    }
    let declared = Dictionary(
      (inputs + outputs + intermediates).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var part = self
    part.nodes = kept.reversed()
    part.inputs = sources + inputs.filter { needed.contains($0.name) && !cut.contains($0.name) }
    part.outputs = targets.map { declared[$0] ?? ValueInfo($0, nil) }
    part.constants = constants.filter { needed.contains($0.key) && !cut.contains($0.key) }
    part.remarks = remarks.filter { part.constants[$0.key] != nil }
    let made = Set(part.nodes.flatMap(\.outputs))
    part.intermediates = intermediates.filter { made.contains($0.name) }
    return part
  }
}
