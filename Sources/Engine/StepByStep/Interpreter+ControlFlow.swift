import EspalierFiles
import EspalierGraph
import EspalierTensors

extension Interpreter {
  /// The most iterations of a loop: what a faulty condition never ends is an error.
  private static let mostIterations = 1 << 24

  /// The results of the branch that the condition of an `If` takes.
  func branch(_ node: Node) throws(EspalierError) -> [Tensor] {
    let condition = try truth(input(0, of: node), of: node, default: nil)
    return try run(subgraph(condition ? "then_branch" : "else_branch", of: node), on: [])
  }

  /// The results of a `Loop`: its body is run as often as the first input says, and while the condition holds. The
  /// carried values are those of the last iteration; what each iteration gives besides is stacked.
  func loop(_ node: Node) throws(EspalierError) -> [Tensor] {
    let body = try subgraph("body", of: node)
    let limit = try input(0, of: node)?.integers()?.first ?? Int.max
    var condition = try truth(input(1, of: node), of: node, default: true)
    var carried: [Tensor] = []
    for position in 2..<max(2, node.inputs.count) { carried.append(try required(position, of: node)) }
    guard body.inputs.count == carried.count + 2, body.outputs.count > carried.count else {
      throw fault(node, "has a body that does not carry \(carried.count) values")
    }
    var stacks = [[Tensor]](repeating: [], count: body.outputs.count - carried.count - 1)
    var iteration = 0
    while iteration < limit, condition {
      guard iteration < Self.mostIterations else { throw fault(node, "does not end in \(iteration) iterations") }
      let inputs = [Tensor(scalar: Int64(iteration)), Tensor(shape: [], [condition])] + carried
      let results = try run(body, on: inputs)
      condition = try truth(results[0], of: node, default: nil)
      carried = Array(results[1..<1 + carried.count])
      for (index, result) in results.dropFirst(1 + carried.count).enumerated() { stacks[index].append(result) }
      iteration += 1
    }
    let declared = body.outputs.dropFirst(1 + carried.count)
    var stacked: [Tensor] = []
    for (parts, declaration) in zip(stacks, declared) {
      stacked.append(try stack(parts, along: 0, declaration, of: node))
    }
    return carried + stacked
  }

  /// The results of a `Scan`: its body is run for each slice of the last inputs, on those slices and the states that
  /// the iteration before gave. The states are those of the last; what each iteration gives besides is stacked.
  func scan(_ node: Node) throws(EspalierError) -> [Tensor] {
    guard opsets[""] ?? 0 >= 9 else { throw fault(node, "is of an operator set before 9, which is not supported") }
    let body = try subgraph("body", of: node)
    guard case .int(let count)? = node.attributes["num_scan_inputs"], count > 0, count <= node.inputs.count,
      body.inputs.count == node.inputs.count
    else { throw fault(node, "has no scan inputs, or a body that takes others") }
    let stateCount = node.inputs.count - Int(count)
    var all: [Tensor] = []
    for position in node.inputs.indices { all.append(try required(position, of: node)) }
    var states = Array(all[..<stateCount])
    let scanned = Array(all[stateCount...])
    let outputCount = body.outputs.count - stateCount
    guard outputCount >= 0 else { throw fault(node, "has a body that does not carry \(stateCount) states") }
    var axes: [Int] = []
    for (index, tensor) in scanned.enumerated() {
      axes.append(try axis(index, "scan_input_axes", rank: tensor.shape.rank, of: node))
    }
    let lengths = Set(zip(scanned, axes).map { $0.shape[$1] })
    guard lengths.count == 1, let length = lengths.first else {
      throw fault(node, "scans inputs of different lengths: \(lengths.sorted())")
    }
    var stacks = [[Tensor]](repeating: [], count: outputCount)
    for step in 0..<length {
      let slices = scanned.indices.map { index in
        scanned[index].slice(
          isReversed(index, "scan_input_directions", node) ? length - 1 - step : step, of: axes[index])
      }
      let results = try run(body, on: states + slices)
      states = Array(results[..<stateCount])
      for (index, result) in results[stateCount...].enumerated() { stacks[index].append(result) }
    }
    var stacked: [Tensor] = []
    for (index, parts) in stacks.enumerated() {
      let rank = (parts.first?.shape.rank ?? body.outputs[stateCount + index].dimensions?.count ?? 0) + 1
      let axis = try axis(index, "scan_output_axes", rank: rank, of: node)
      let ordered = isReversed(index, "scan_output_directions", node) ? parts.reversed() : parts
      stacked.append(try stack(ordered, along: axis, body.outputs[stateCount + index], of: node))
    }
    return states + stacked
  }

  private func subgraph(_ name: String, of node: Node) throws(EspalierError) -> Graph {
    guard case .graph(let graph)? = node.attributes[name] else { throw fault(node, "lacks its \(name)") }
    return graph
  }

  private func required(_ position: Int, of node: Node) throws(EspalierError) -> Tensor {
    guard let tensor = try input(position, of: node) else {
      throw fault(node, "lacks its input number \(position + 1)")
    }
    return tensor
  }

  private func truth(_ tensor: Tensor?, of node: Node, default standard: Bool?) throws(EspalierError) -> Bool {
    if let tensor, tensor.elementType == .bool, tensor.count == 1 { return tensor.bytes[0] != 0 }
    guard tensor == nil, let standard else { throw fault(node, "has a condition that is not one truth value") }
    return standard
  }

  /// What the iterations gave, stacked; of no iterations, nothing in the shape that is declared for one.
  private func stack(
    _ parts: [Tensor], along axis: Int, _ declaration: ValueInfo, of node: Node
  ) throws(EspalierError) -> Tensor {
    if let first = parts.first {
      guard parts.allSatisfy({ $0.shape == first.shape && $0.elementType == first.elementType }) else {
        throw fault(node, "gives values of different shapes in different iterations")
      }
      try SystemMemory.check(
        Double(first.byteCount) * Double(parts.count), for: "what \(node.label) gives", remedy: "let it end earlier")
      return Tensor(stacking: parts, along: axis)
    }
    var shape = declaration.dimensions?.map { $0.size ?? 0 } ?? []
    shape.insert(0, at: min(axis, shape.count))
    let type = declaration.elementType ?? .float32
    guard type != .string else { return Tensor(shape: Shape(shape), strings: []) }
    return Tensor(shape: Shape(shape), elementType: type, bytes: [])
  }

  private func axis(_ index: Int, _ attribute: String, rank: Int, of node: Node) throws(EspalierError) -> Int {
    var axis = 0
    if case .ints(let axes)? = node.attributes[attribute], index < axes.count { axis = Int(axes[index]) }
    if axis < 0 { axis += rank }
    guard (0..<rank).contains(axis) else { throw fault(node, "scans along axis \(axis) of \(rank)") }
    return axis
  }

  private func isReversed(_ index: Int, _ attribute: String, _ node: Node) -> Bool {
    guard case .ints(let directions)? = node.attributes[attribute], index < directions.count else { return false }
    return directions[index] == 1
  }

  private func fault(_ node: Node, _ fault: String) -> EspalierError {
    EspalierError(.model, "node \"\(node.label)\" (\(node.op))", fault)
  }
}
