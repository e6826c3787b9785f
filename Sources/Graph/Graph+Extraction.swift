extension Graph {
  /// The part of the graph that computes `targets` from `sources`, without anything before the sources or beside the
  /// targets.
  ///
  /// The sources become the inputs (a source that is a constant remains one) and the targets the outputs; constants
  /// that are no longer read are removed. Inputs of the whole graph on which the targets depend other than through the
  /// sources remain inputs.
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
    part.opaque = nil
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
