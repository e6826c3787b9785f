import EspalierOperators
import EspalierTensors

/// The steps of a plan after fusion: a convolution takes in a padding before it, and a normalisation by stored
/// statistics and a rectifier that follow it, a product the addition of its bias and an activation.
///
/// The following step must be the only reader of the layer's result, which must not be a result of the plan, and its
/// other operands must not be computed by a step. Only constants are folded into weights. Results differ by rounding.
/// Complexity: O(steps + bytes of weights).
struct Fusion {
  /// The steps after fusion, in order.
  private(set) var steps: [Step] = []
  /// The weights and biases computed by folding, by name.
  private(set) var constants: [String: Tensor] = [:]

  init(_ plan: Plan) {
    var readers: [String: [Int]] = [:]
    for (position, step) in plan.steps.enumerated() {
      for input in step.inputs where !input.isEmpty { readers[input, default: []].append(position) }
    }
    for result in plan.results { readers[result, default: []].append(plan.steps.count) }
    let made = Set(plan.steps.flatMap(\.outputs))
    var absorbed: Set<Int> = []
    for (position, step) in plan.steps.enumerated() where !absorbed.contains(position) {
      guard var typed = step.node else {
        steps.append(step)
        continue
      }
      while let reader = readers[typed.node.outputs[0]], reader.count == 1, reader[0] < plan.steps.count,
        let following = plan.steps[reader[0]].node,
        let fused = Self.fused(typed, following),
        fused.node.node.inputs.allSatisfy({ typed.node.inputs.contains($0) || !made.contains($0) })
      {
        typed = fused.node
        constants.merge(fused.constants) { _, new in new }
        absorbed.insert(reader[0])
      }
      steps.append(
        typed.node.outputs != step.outputs
          ? Step(work: .node(typed, .plain), inputs: typed.node.inputs, outputs: typed.node.outputs)
          : step)
    }
    let read = Set(steps.flatMap(\.inputs))
    constants = constants.filter { read.contains($0.key) }
  }

  private static func fused(_ first: TypedNode, _ second: TypedNode) -> FusedNode? {
    for op in OperatorRegistry.absorbing {
      if let fused = op.absorbing(first, second) { return fused }
    }
    return nil
  }
}
