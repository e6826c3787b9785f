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
      let own = Dictionary(grouping: node.outputs.first.flatMap { operands[$0] } ?? [], by: \.axis)
      let parts = own.sorted { $0.key < $1.key }.map { axis, operands in
        NarrowedOperand(operands, dropping: dropped[axis]!)
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
  /// The kept blocks of the axis.
  let left: [Int]
  /// The number of blocks of the axis.
  let count: Int
  /// Whether the axis is unfolded to blocks x elements of a block, whose number may follow the sizes of the inputs.
  let isUnfolded: Bool
  private let rank: Int

  /// The part of the axis that all `operands` have in common without the elements `dropped`.
  init(_ operands: [UnitNormalization.Operand], dropping dropped: Set<Int>) {
    let operand = operands[0]
    (value, axis, rank) = (operand.axis.value, operand.axis.axis, operand.rank)
    let common = operands.reduce(0) { .greatestCommonDivisor($0, $1.block) }
    isUnfolded = common > 1 && axis == rank - 1
    let block = isUnfolded ? common : 1
    count = operand.size / block
    left = (0..<count).filter { !dropped.contains($0 * block) }
  }

  /// For each element of the whole, its position among those kept, and 0 for those dropped.
  var places: [Int] {
    var places = [Int](repeating: 0, count: count)
    for (place, element) in left.enumerated() { places[element] = place }
    return places
  }

  /// 1 for kept and 0 for dropped elements, along the axis.
  var mask: Tensor {
    var factors = [Float](repeating: 0, count: count)
    for element in left { factors[element] = 1 }
    let inner = isUnfolded ? 1 : rank - axis - 1
    return Tensor(shape: Shape([count] + Array(repeating: 1, count: inner)), factors)
  }

  /// The shape with `count` blocks on the axis, for a reshape, and the one with the axis whole.
  func unfolded(to count: Int) -> [Int] { Array(repeating: 0, count: axis) + [count, -1] }
  var folded: [Int] { Array(repeating: 0, count: axis) + [-1] }
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
    if let stored = graph.constants[value], !part.isUnfolded {
      return store(stored.taking(part.left, along: part.axis), as: name)
    }
    guard part.isUnfolded else { return gather(value, part.left, along: part.axis, as: name) }
    let blocks = reshape(value, part.unfolded(to: part.count), as: "\(part.value) blocks")
    return reshape(gather(blocks, part.left, along: part.axis, as: "\(name) blocks"), part.folded, as: name)
  }

  /// Expands `made`, the kept part, to the whole value: zero where elements are dropped.
  private mutating func putBack(_ made: String, _ part: NarrowedOperand) {
    let value = part.value
    let mask = store(part.mask, as: "\(value) normalised mask")
    guard part.isUnfolded else {
      let spread = gather(made, part.places, along: part.axis, as: "\(value) spread")
      append(Node(Multiply.name, name: value, [spread, mask], [value]))
      return
    }
    let blocks = reshape(made, part.unfolded(to: part.left.count), as: "\(value) kept blocks")
    let spread = gather(blocks, part.places, along: part.axis, as: "\(value) spread")
    let masked = add(Multiply.name, [spread, mask], output: "\(value) masked blocks")
    let sizes = store(Tensor(shape: [part.folded.count], part.folded.map(Int64.init)), as: "\(value) sizes")
    append(Node(Reshape.name, name: value, [masked, sizes], [value]))
  }

  private mutating func gather(_ source: String, _ elements: [Int], along axis: Int, as name: String) -> String {
    let places = store(Tensor(shape: [elements.count], elements.map(Int64.init)), as: "\(name) places")
    return add(Gather.name, [source, places], ["axis": .int(Int64(axis))], output: name)
  }

  private mutating func reshape(_ source: String, _ shape: [Int], as name: String) -> String {
    let sizes = store(Tensor(shape: [shape.count], shape.map(Int64.init)), as: "\(name) sizes")
    return add(Reshape.name, [source, sizes], output: name)
  }
}
