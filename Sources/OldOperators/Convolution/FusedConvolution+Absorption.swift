import Graph
import Tensors

/// An operator that may do no more than hold each number between two bounds.
protocol BoundingOperator: Operator {
  /// The bounds, where they are known and the operator does nothing else; `nil` else.
  static func bounds(_ invocation: Invocation) throws -> Bounds?
}

extension FusedConvolution: FusingOperator {
  /// One convolution that computes what `first` and `second`, which reads nothing but its result, compute together; `nil` where there is none.
  ///
  /// `first` is a `Conv` or a fused one. Weights and biases that change come under the names of `result` in the second part.
  public static func absorbing(_ first: Invocation, _ second: Invocation) throws -> FusedNode? {
    guard first.node.op == Conv.name || first.node.op == name, second.node.inputs[0] == first.node.outputs[0] else {
      return nil
    }
    let own = try bounds(first)
    if let bounding = OperatorRegistry.find(second.node.op) as? any BoundingOperator.Type {
      guard let bounds = try bounding.bounds(second), own == .none else { return nil }
      return FusedNode(
        invocation: fused(first, inputs: first.node.inputs, first.constants, bounds, result: second.node.outputs[0]))
    }
    guard second.node.op == BatchNormalization.name, try !BatchNormalization.isTraining(second), own == .none else {
      return nil
    }
    return try absorbing(first, normalization: second)
  }

  /// With `f = scale / sqrt(variance + epsilon)`: `W' = f W`, `B' = f (B - mean) + shift`, one number an output channel each.
  private static func absorbing(_ first: Invocation, normalization: Invocation) throws -> FusedNode? {
    let stored = normalization.constants.dropFirst().prefix(4).compactMap { $0?.doubles() }
    guard stored.count == 4, var weights = first.constants[1], weights.elementType == .float32 else { return nil }
    var biases = [Double](repeating: 0, count: weights.shape[0])
    if first.has(input: 2) {
      guard let own = first.constants[2]?.doubles() else { return nil }
      biases = own
    }
    let epsilon = Double(try normalization.float("epsilon", default: 1e-5))
    let factors = zip(stored[0], stored[3]).map { $0 / ($1 + epsilon).squareRoot() }
    let size = weights.shape.dropFirst().reduce(1, *)
    weights.withMutableElements(as: Float.self) { elements in
      for i in elements.indices { elements[i] = Float(factors[i / size] * Double(elements[i])) }
    }
    for channel in biases.indices {
      biases[channel] = factors[channel] * (biases[channel] - stored[2][channel]) + stored[1][channel]
    }
    let result = normalization.node.outputs[0]
    let names = ["\(result) weights", "\(result) biases"]
    let tensors = [weights, Tensor(shape: [biases.count], biases.map { Float($0) })]
    let invocation = fused(
      first, inputs: [first.node.inputs[0]] + names, [first.constants[0]] + tensors, .none, result: result)
    return FusedNode(invocation: invocation, constants: Dictionary(uniqueKeysWithValues: zip(names, tensors)))
  }

  private static func fused(
    _ first: Invocation, inputs: [String], _ constants: [Tensor?], _ bounds: Bounds, result: String
  ) -> Invocation {
    var node = Node(name, name: first.node.name, inputs, [result], first.node.attributes)
    if bounds.least > -.infinity { node.attributes["least"] = .float(bounds.least) }
    if bounds.greatest < .infinity { node.attributes["greatest"] = .float(bounds.greatest) }
    let types = zip(inputs.indices, constants).map { position, constant in
      constant.map(TensorType.init(of:)) ?? (position < first.inputs.count ? first.inputs[position] : nil)
    }
    return Invocation(node, opset: first.opset, inputs: types, constants: constants, outputs: first.outputs)
  }
}

extension Relu: BoundingOperator {
  static func bounds(_ invocation: Invocation) throws -> Bounds? { Bounds(least: 0, greatest: .infinity) }
}

extension Clip: BoundingOperator {
  static func bounds(_ invocation: Invocation) throws -> Bounds? {
    guard try invocation.input(0).elementType == .float32 else { return nil }
    let (least, greatest) = try attributes(invocation)
    var bounds = [least, greatest]
    for position in 1..<3 where invocation.has(input: position) {
      guard let bound = invocation.constants[position]?.doubles()?.first else { return nil }
      bounds[position - 1] = Float(bound)
    }
    return bounds[0] <= bounds[1] ? Bounds(least: bounds[0], greatest: bounds[1]) : nil
  }
}
