import EspalierGraph
import EspalierOperators
import EspalierTensors

/// The values of a network from which its nodes choose, as detectors choose boxes by their scores.
///
/// Of numbers that are equal but for rounding, another may be chosen, and all that is computed from it differs.
struct ChosenFrom: Hashable, Sendable {
  /// The operators that choose.
  private static let choosing: Set<OperatorName> = [
    TopK.name, ArgMax.name, ArgMin.name, NonMaxSuppression.name, NonZero.name,
  ]

  /// The nodes that choose, none of which depends on another.
  let nodes: [String]
  /// The values that they choose from, and the outputs that depend on no choice.
  let values: [String]

  /// What a pruned network chooses from; `nil` if no output depends on a choice, or not all that is smaller than in
  /// `masked` shows before one.
  init?(in pruned: Graph, like masked: Graph) {
    var behind: Set<String> = []
    var (nodes, values) = ([String](), [String]())
    for node in pruned.nodes {
      if node.inputs.contains(where: behind.contains) {
        behind.formUnion(node.outputs)
      } else if Self.choosing.contains(node.op) {
        nodes.append("\(node.op) \"\(node.label)\"")
        values.append(node.inputs[0])
        behind.formUnion(node.outputs)
      }
    }
    behind.remove("")
    let outputs = pruned.outputs.map(\.name)
    guard outputs.contains(where: behind.contains) else { return nil }
    values += outputs.filter { !behind.contains($0) }
    let made = Set(masked.nodes.flatMap(\.outputs))
    guard values.allSatisfy(made.contains) else { return nil }
    let shortened = pruned.constants.filter { masked.constants[$0.key]?.shape != $0.value.shape }
    let seen = Set(pruned.extracting(to: values).nodes.map(\.outputs))
    let isSeen = pruned.nodes.allSatisfy { node in
      !node.inputs.contains { shortened[$0]?.elementType.isFloatingPoint == true } || seen.contains(node.outputs)
    }
    guard isSeen, !shortened.isEmpty else { return nil }
    self.nodes = nodes
    self.values = values.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
