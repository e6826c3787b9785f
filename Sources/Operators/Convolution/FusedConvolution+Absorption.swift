import EspalierGraph
import EspalierTensors

extension FusedConvolution: FusingOperator {
  /// One convolution that computes both `first`, a convolution or a fused one, and `second`, which reads only its
  /// result; `nil` if there is none.
  ///
  /// Modified weights and biases are returned as constants of the node.
  package static func absorbing(_ first: TypedNode, _ second: TypedNode) -> FusedNode? {
    guard let convolution = unbounded(first.op), second.node.inputs[0] == first.node.outputs[0] else { return nil }
    if let normalization = second.op as? BatchNormalization {
      return normalization.isTraining ? nil : absorbing(normalization, second, in: convolution, first)
    }
    guard let bounds = (second.op as? any BoundingOperator)?.bounds else { return nil }
    return FusedNode(
      node(
        FusedConvolution(convolution, bounds), first, inputs: first.node.inputs, first.constants,
        result: second.node.outputs[0]))
  }

  /// The convolution that `op` computes, if it computes nothing else; otherwise `nil`.
  private static func unbounded(_ op: any Operator) -> Conv? {
    switch op {
    case let convolution as Conv: convolution
    case let fused as FusedConvolution where fused.bounds == .none: fused.convolution
    default: nil
    }
  }

  /// With `f = scale / sqrt(variance + epsilon)`: `W' = f W`, `B' = f (B - mean) + shift`, one factor and addend per
  /// output channel.
  private static func absorbing(
    _ normalization: BatchNormalization, _ second: TypedNode, in convolution: Conv, _ first: TypedNode
  ) -> FusedNode? {
    let stored = second.constants.dropFirst().prefix(4).compactMap { $0?.doubles() }
    guard stored.count == 4, var weights = first.constants[1], weights.elementType == .float32 else { return nil }
    var biases = [Double](repeating: 0, count: weights.shape[0])
    if convolution.hasBias {
      guard let own = first.constants[2]?.doubles() else { return nil }
      biases = own
    }
    let epsilon = Double(normalization.epsilon)
    let factors = zip(stored[0], stored[3]).map { $0 / ($1 + epsilon).squareRoot() }
    let size = weights.shape.dropFirst().reduce(1, *)
    weights.withMutableElements(as: Float.self) { elements in
      for i in elements.indices { elements[i] = Float(factors[i / size] * Double(elements[i])) }
    }
    for channel in biases.indices {
      biases[channel] = factors[channel] * (biases[channel] - stored[2][channel]) + stored[1][channel]
    }
    let result = second.node.outputs[0]
    let names = ["\(result) weights", "\(result) biases"]
    let tensors = [weights, Tensor(shape: [biases.count], biases.map { Float($0) })]
    return FusedNode(
      node(
        FusedConvolution(Conv(convolution.geometry, hasBias: true), .none), first,
        inputs: [first.node.inputs[0]] + names, [first.constants[0]] + tensors, result: result),
      constants: Dictionary(uniqueKeysWithValues: zip(names, tensors)))
  }

  /// A node with the operator `op` in the place of `first`.
  private static func node(
    _ op: FusedConvolution, _ first: TypedNode, inputs: [String], _ constants: [Tensor?], result: String
  ) -> TypedNode {
    var node = Node(name, name: first.node.name, inputs, [result], first.node.attributes)
    if op.bounds.least > -.infinity { node.attributes["least"] = .float(op.bounds.least) }
    if op.bounds.greatest < .infinity { node.attributes["greatest"] = .float(op.bounds.greatest) }
    let types = zip(inputs.indices, constants).map { position, constant in
      constant.map(TensorType.init(of:)) ?? (position < first.inputs.count ? first.inputs[position] : nil)
    }
    return TypedNode(Invocation(node, opset: first.call.opset, inputs: types, constants: constants), op: op)
  }
}
