import EspalierExecution
import EspalierOperators

/// One step of a plan.
struct Step: Sendable {
  /// The work of a step.
  enum Work: Sendable {
    /// Runs a node on operands in a memory order.
    case node(TypedNode, AxisOrder)
    /// Copies a value to another order.
    case reorder
  }

  let work: Work
  /// The values read; an empty name for an omitted input.
  let inputs: [String]
  /// The values written; an empty name for an output that nothing reads.
  let outputs: [String]

  /// The node that runs; `nil` where a value is reordered.
  var node: TypedNode? {
    if case .node(let node, _) = work { node } else { nil }
  }

  /// Whether the step has no work: its only output shares the memory of the first input.
  var isView: Bool {
    let isView = node.map { type(of: $0.op).isView } ?? false
    return isView && outputs.dropFirst().allSatisfy(\.isEmpty)
  }
}

extension Step {
  /// Runs a node on values in plain order, for those of its outputs that are `wanted`.
  init(_ typed: TypedNode, wanted: Set<String>) {
    let outputs = typed.node.outputs.map { wanted.contains($0) ? $0 : "" }
    self.init(work: .node(typed, .plain), inputs: typed.node.inputs, outputs: outputs)
  }
}
