import EspalierGraph
import EspalierTensors

extension FusedProduct: FusingOperator {
  /// Fuses `first`, a product by one matrix of weights or a fused one, with `second`, which adds one number per column
  /// or is a supported function.
  package static func absorbing(_ first: TypedNode, _ second: TypedNode) -> FusedNode? {
    guard let fused = FusedProduct(first), fused.function == nil, second.outputs == first.outputs else { return nil }
    var node = first.node
    if !(first.op is FusedProduct) {
      node = Node(name, name: node.name, node.inputs, node.outputs, node.attributes.filter { $0.key == "transB" })
    }
    node.outputs = [second.node.outputs[0]]
    if second.op is Add { return fused.adding(first, second, as: node) }
    guard let function = Function(second.op) else { return nil }
    node.attributes["function"] = .string(function.name.type)
    node.attributes["approximate"] = second.node.attributes["approximate"]
    let call = Invocation(node, opset: first.call.opset, inputs: first.inputs, constants: first.constants)
    return FusedNode(TypedNode(call, op: FusedProduct(fused.outputs, fused.product, then: function)))
  }

  /// Fuses the addition `second` into `first` as its bias; `nil` if there is one already, or the other operand does not
  /// have one number per column.
  private func adding(_ first: TypedNode, _ second: TypedNode, as node: Node) -> FusedNode? {
    guard product.stridesC == nil,
      let position = second.node.inputs.firstIndex(where: { $0 != first.node.outputs[0] }),
      let type = second.inputs[position], type.elementType == .float32, type.shape.elementCount == product.n,
      type.shape.last == product.n
    else { return nil }
    var (node, product) = (node, product)
    node.inputs = Array(node.inputs.prefix(2)) + [second.node.inputs[position]]
    product.addRow()
    let call = Invocation(
      node, opset: first.call.opset, inputs: Array(first.inputs.prefix(2)) + [type],
      constants: Array(first.constants.prefix(2)) + [second.constants[position]])
    return FusedNode(TypedNode(call, op: FusedProduct(outputs, product)))
  }

  /// The product that `first` computes, as a fused product without bias and function; `nil` if it is not a product.
  private init?(_ first: TypedNode) {
    switch first.op {
    case let op as FusedProduct: self = op
    case let op as MatMul:
      guard op.a.rank >= 2, op.b.rank == 2 else { return nil }
      self.init(first.outputs, op.product)
    case let op as Gemm:
      guard op.product.scale == 1, op.product.addedScale == 1, !op.isATransposed else { return nil }
      var product = op.product
      if let bias = op.addend {
        guard bias.elementCount == product.n, bias.last == product.n else { return nil }
        product.addRow()
      }
      self.init(first.outputs, product)
    default: return nil
    }
  }
}
