import EspalierGraph
import EspalierOperators
import EspalierTensors

/// The values of a network from which its nodes choose, as detectors choose boxes by their scores.
///
/// Of numbers that are equal but for rounding, another may be chosen, and all that is computed from it differs.
struct ChosenFrom: Hashable, Sendable {
  /// The nodes that choose, none of which depends on another.
  let nodes: [String]
  /// The values that they choose from, and the outputs that depend on no choice.
  let values: [String]

  /// What a pruned network chooses from; `nil` if no output depends on a choice, or not all that is smaller than in
  /// `masked` shows before one. Values that depend on nothing that is smaller are the same to the last bit.
  init?(in pruned: Graph, like masked: Graph) {
    let shortened = pruned.constants.filter {
      $0.value.elementType.isFloatingPoint && masked.constants[$0.key]?.shape != $0.value.shape
    }
    var (changed, behind) = (Set(shortened.keys), Set<String>())
    var (nodes, values) = ([String](), [String]())
    for node in pruned.nodes where node.inputs.contains(where: { changed.contains($0) || behind.contains($0) }) {
      let outputs = node.outputs.filter { !$0.isEmpty }
      if node.inputs.contains(where: behind.contains) {
        behind.formUnion(outputs)
      } else if OperatorRegistry.find(node.op) is any ChoosingOperator.Type {
        nodes.append("\(node.op) \"\(node.label)\"")
        values += node.inputs.filter(changed.contains)
        behind.formUnion(outputs)
      } else {
        changed.formUnion(outputs)
      }
    }
    let outputs = pruned.outputs.map(\.name)
    guard outputs.contains(where: behind.contains) else { return nil }
    values += outputs.filter { !behind.contains($0) }
    let made = Set(masked.nodes.flatMap(\.outputs))
    guard values.allSatisfy(made.contains) else { return nil }
    let seen = Set(pruned.extracting(to: values).nodes.map(\.outputs))
    let isSeen = pruned.nodes.allSatisfy { node in
      !node.inputs.contains { shortened[$0] != nil } || seen.contains(node.outputs)
    }
    guard isSeen else { return nil }
    self.nodes = nodes
    self.values = values.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
