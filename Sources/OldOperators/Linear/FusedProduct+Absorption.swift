import Graph
import Tensors

extension FusedProduct: FusingOperator {
  /// `first` is a product by one matrix of weights, or a fused one; `second` adds one number a column, or is a function that may follow.
  public static func absorbing(_ first: Invocation, _ second: Invocation) throws -> FusedNode? {
    guard let own = try fused(first), try function(own) == nil, second.outputs == first.outputs else { return nil }
    let result = first.node.outputs[0]
    var node = own.node
    node.outputs = [second.node.outputs[0]]
    if second.node.op == Add.name {
      guard !own.has(input: 2), let position = second.node.inputs.firstIndex(where: { $0 != result }),
        let type = second.inputs[position], type.elementType == .float32, let columns = first.outputs[0].shape.last,
        type.shape.elementCount == columns, type.shape.last == columns
      else { return nil }
      node.inputs = Array(node.inputs.prefix(2)) + [second.node.inputs[position]]
      let operands = (own.inputs.prefix(2) + [type], own.constants.prefix(2) + [second.constants[position]])
      return FusedNode(
        invocation: Invocation(
          node, opset: own.opset, inputs: Array(operands.0), constants: Array(operands.1), outputs: own.outputs))
    }
    guard let function = Function.allCases.first(where: { $0.op.name == second.node.op }) else { return nil }
    node.attributes["function"] = .string(function.rawValue)
    node.attributes["approximate"] = second.node.attributes["approximate"]
    return FusedNode(
      invocation: Invocation(
        node, opset: own.opset, inputs: own.inputs, constants: own.constants, outputs: own.outputs))
  }

  /// `first` as a fused product without anything behind it; `nil` where it is none.
  private static func fused(_ first: Invocation) throws -> Invocation? {
    switch first.node.op {
    case name: return first
    case MatMul.name:
      guard try first.input(0).shape.rank >= 2, try first.input(1).shape.rank == 2 else { return nil }
    case Gemm.name:
      guard try first.float("alpha", default: 1) == 1, try first.float("beta", default: 1) == 1,
        try !first.flag("transA")
      else { return nil }
      if first.has(input: 2) {
        let (bias, columns) = (try first.input(2).shape, first.outputs[0].shape[1])
        guard bias.elementCount == columns, bias.last == columns else { return nil }
      }
    default: return nil
    }
    let node = Node(
      name, name: first.node.name, first.node.inputs, first.node.outputs,
      first.node.attributes.filter { $0.key == "transB" })
    return Invocation(
      node, opset: first.opset, inputs: first.inputs, constants: first.constants, outputs: first.outputs)
  }
}
