import Operators

/// One step of a plan.
struct Step: Sendable {
  /// What a step does.
  enum Work: Sendable {
    /// Runs a node on operands that lie in an order.
    case node(Invocation, AxisOrder)
    /// Copies a value to another order.
    case reorder
  }

  let work: Work
  /// The values read; an empty name for one left out.
  let inputs: [String]
  /// The values written; an empty name for one that nobody wants.
  let outputs: [String]

  /// The node that runs; `nil` where a value is reordered.
  var invocation: Invocation? {
    if case .node(let invocation, _) = work { invocation } else { nil }
  }

  /// Whether there is nothing to do: the one output lies in the memory of the first input.
  var isView: Bool {
    let isView = invocation.flatMap { OperatorRegistry.find($0.node.op)?.isView } ?? false
    return isView && outputs.dropFirst().allSatisfy(\.isEmpty)
  }
}

extension Step {
  /// Runs a node on values in plain order, for those of its outputs that are `wanted`.
  init(_ invocation: Invocation, wanted: Set<String>) {
    let outputs = invocation.node.outputs.map { wanted.contains($0) ? $0 : "" }
    self.init(work: .node(invocation, .plain), inputs: invocation.node.inputs, outputs: outputs)
  }
}
