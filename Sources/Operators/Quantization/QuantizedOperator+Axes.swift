import EspalierGraph

extension QuantizedOperator {
  /// The rule of the function for the operands; `nil` if it has none, sums with weights, or an operand has several
  /// scales.
  static func rule(_ call: Invocation) -> AxisRule? {
    let operands = Self.operands(of: call.node).values
    let places = operands.map(\.place)
    let isPlain = operands.allSatisfy { operand in
      if case .plain = operand { return true }
      return call.has(input: operand.place + 1) && call.inputs[operand.place + 1]?.shape.elementCount == 1
    }
    guard isPlain, let op = OperatorRegistry.find(Self.function) else { return nil }
    let types = operands.map { operand in
      if case .plain(let place) = operand { return call.inputs[place] }
      return call.inputs[operand.place].map { TensorType($0.shape) }
    }
    let node = Node(Self.function, places.map { call.node.inputs[$0] }, ["y"], call.node.attributes)
    let own = Invocation(
      node, opset: OperatorRegistry.bodyOpset, inputs: types, constants: places.map { call.constants[$0] })
    guard let rule = (try? op.init(own))?.axes, rule.contractions.isEmpty else { return nil }
    return rule.movingInputs { places[$0] }
  }
}

extension QuantizedOperands.Operand {
  /// The position of the operand itself.
  package var place: Int {
    switch self {
    case .plain(let place), .quantized(let place, _): place
    }
  }
}

extension AxisRule {
  /// The rule for a node whose inputs are at other positions.
  fileprivate func movingInputs(to position: (Int) -> Int) -> AxisRule {
    func moved(_ axis: PortAxis) -> PortAxis {
      guard case .input(let input) = axis.port else { return axis }
      return PortAxis(.input(position(input)), axis.axis, blocks: axis.blocks)
    }
    var rule = self
    for index in ties.indices {
      (rule.ties[index].from, rule.ties[index].to) = (moved(ties[index].from), moved(ties[index].to))
    }
    for index in frozen.indices { rule.frozen[index].axis = moved(frozen[index].axis) }
    for index in balanced.indices { rule.balanced[index].axis = moved(balanced[index].axis) }
    for index in blocks.indices { rule.blocks[index].axis = moved(blocks[index].axis) }
    rule.normalized = normalized.map(moved)
    return rule
  }
}
