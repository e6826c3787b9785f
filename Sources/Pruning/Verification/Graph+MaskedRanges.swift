import EspalierGraph
import EspalierInference
import EspalierOperators
import EspalierTensors

extension Graph {
  /// The same graph with the units not in `selection` multiplied by zero wherever values are quantised by their own
  /// range, too: a network with fewer units has the range of those that it has.
  func maskingRanges(_ groups: [PruningGroup], keeping selection: [String: [Int]]) -> Graph {
    guard nodes.contains(where: { $0.op == DynamicQuantizeLinear.name }),
      let types = try? TypeInference(self, feeds: feedTypes(batch: 2)).types
    else { return self }
    var builder = GraphBuilder(rewriting: self)
    for var node in nodes {
      if node.op == DynamicQuantizeLinear.name, let shape = types[node.inputs[0]]?.shape {
        let value = node.inputs[0]
        for axis in shape.indices {
          let dropped = groups.flatMap { $0.dropped(from: ValueAxis(value, axis), keeping: selection[$0.id]) }
          guard !dropped.isEmpty else { continue }
          var numbers = [Float](repeating: 1, count: shape[axis])
          for position in dropped { numbers[position] = 0 }
          let ones = Array(repeating: 1, count: shape.rank - axis - 1)
          let mask = builder.store(Tensor(shape: Shape([numbers.count] + ones), numbers), as: "\(value) range mask")
          node.inputs[0] = builder.add(Multiply.name, [node.inputs[0], mask], output: "\(value) in range")
        }
      }
      builder.append(node)
    }
    return builder.graph
  }
}

extension PruningGroup {
  /// The positions along `axis` of the units that are not kept.
  fileprivate func dropped(from axis: ValueAxis, keeping kept: [Int]?) -> [Int] {
    guard let units = elements[axis], let kept = kept.map(Set.init) else { return [] }
    return units.indices.filter { !kept.contains($0) }.flatMap { units[$0] }
  }
}
