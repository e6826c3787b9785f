import EspalierGraph
import EspalierOperators
import EspalierTensors

extension Graph {
  /// The same graph in which the nodes that normalise over units of `groups` see only those that `selection` keeps,
  /// every value keeping its shape: kept elements equal those of the smaller network, dropped ones are zero.
  ///
  ///     X -> Gather(kept) -> LayerNormalization, with the kept part of scale and B
  ///       -> Gather(to original positions) -> Mul(mask) -> Y
  ///
  /// A mask alone differs from the smaller network, whose means and variances are over fewer channels. The node in the
  /// middle is the one that surgery leaves, whatever its operator.
  func normalizingOverKept(_ groups: [PruningGroup], keeping selection: [String: [Int]]) -> Graph {
    guard groups.contains(where: { !$0.normalizations.isEmpty }) else { return self }
    let dropped = groups.elementsDropped(keeping: selection)
    var operands: [String: [UnitNormalization.Operand]] = [:]
    for normalization in groups.flatMap(\.normalizations) {
      let own = normalization.operands.filter { dropped[$0.axis] != nil }
      if !own.isEmpty { operands[normalization.node, default: []] += own }
    }
    guard !operands.isEmpty else { return self }
    var builder = GraphBuilder(rewriting: self)
    for node in nodes {
      let own = node.outputs.first.flatMap { operands[$0] } ?? []
      let parts = Set(own).sorted { $0.axis < $1.axis }.map { operand in
        NarrowedOperand(operand, left: (0..<operand.size).filter { !dropped[operand.axis]!.contains($0) })
      }
      builder.append(node, narrowedTo: parts)
    }
    return builder.graph
  }
}

/// The kept part of a value that a normalisation reads or writes.
private struct NarrowedOperand {
  let value: String
  let axis: Int
  let left: [Int]
  private let size: Int
  private let rank: Int

  init(_ operand: UnitNormalization.Operand, left: [Int]) {
    (value, axis) = (operand.axis.value, operand.axis.axis)
    (size, rank) = (operand.size, operand.rank)
    self.left = left
  }

  /// For each element of the whole, its position among those kept, and 0 for those dropped.
  var places: [Int] {
    var places = [Int](repeating: 0, count: size)
    for (place, element) in left.enumerated() { places[element] = place }
    return places
  }

  /// 1 for kept and 0 for dropped elements, along the axis.
  var mask: Tensor {
    var factors = [Float](repeating: 0, count: size)
    for element in left { factors[element] = 1 }
    return Tensor(shape: Shape([size] + Array(repeating: 1, count: rank - axis - 1)), factors)
  }
}

extension GraphBuilder {
  /// Adds `node`, adapted to parts of its operands, with the nodes that extract these and restore the full outputs.
  fileprivate mutating func append(_ node: Node, narrowedTo parts: [NarrowedOperand]) {
    var node = node
    var made: [(name: String, part: NarrowedOperand)] = []
    // A value may be narrowed along several axes, as the weights of a recurrence are.
    var names: [String: String] = [:]
    for part in parts {
      let value = names[part.value] ?? part.value
      if node.inputs.contains(value) {
        let picked = pick(part, of: value)
        node.inputs = node.inputs.map { $0 == value ? picked : $0 }
        names[part.value] = picked
      }
      if let output = node.outputs.firstIndex(of: part.value) {
        node.outputs[output] = unusedName("\(part.value) kept")
        made.append((node.outputs[output], part))
      }
    }
    append(node)
    for (name, part) in made { putBack(name, part) }
  }

  /// The kept elements of an input: extracted at once if it is stored.
  private mutating func pick(_ part: NarrowedOperand, of value: String) -> String {
    let name = "\(part.value) kept"
    guard let stored = graph.constants[value] else { return gather(value, part.left, along: part.axis, as: name) }
    return store(stored.taking(part.left, along: part.axis), as: name)
  }

  /// Expands `made`, the kept part, to the whole value: zero where elements are dropped.
  private mutating func putBack(_ made: String, _ part: NarrowedOperand) {
    let spread = gather(made, part.places, along: part.axis, as: "\(part.value) spread")
    let mask = store(part.mask, as: "\(part.value) normalised mask")
    append(Node(Multiply.name, name: part.value, [spread, mask], [part.value]))
  }

  private mutating func gather(_ source: String, _ elements: [Int], along axis: Int, as name: String) -> String {
    let places = store(Tensor(shape: [elements.count], elements.map(Int64.init)), as: "\(name) places")
    return add(Gather.name, [source, places], ["axis": .int(Int64(axis))], output: name)
  }
}
