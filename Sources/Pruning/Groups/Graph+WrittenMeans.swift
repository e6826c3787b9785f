import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierOperators
import EspalierTensors

extension Graph {
  /// The same network in which each sum that is divided by the number of its terms, as some exporters write the mean of
  /// a normalisation, is a `ReduceMean`: the number would not follow the terms that are removed.
  ///
  /// - Throws: `EspalierError` if an operator is unknown or shapes do not fit.
  /// - Complexity: O(nodes) if no sum is divided or scaled; otherwise two type inferences.
  func namingMeans() throws(EspalierError) -> Graph {
    let readers = consumers()
    let makers = producers()
    let pairs: [(sum: Int, quotient: Int)] = nodes.indices.compactMap { position in
      let node = nodes[position]
      guard node.op == Divide.name || node.op == Multiply.name, node.inputs.count == 2,
        let sum = node.inputs.compactMap({ makers[$0] }).first(where: { nodes[$0].op == ReduceSum.name }),
        readers[nodes[sum].outputs[0]]?.count == 1, !outputs.contains(where: { $0.name == nodes[sum].outputs[0] })
      else { return nil }
      return (sum, position)
    }
    guard !pairs.isEmpty else { return self }
    let feeds = try feedTypes(batch: 2)
    let inferences = try [feeds, otherFeedTypes(than: feeds, batch: 3)].map { (feeds) throws(EspalierError) in
      try TypeInference(self, feeds: feeds).nodes
    }
    var result = self
    var replaced: Set<Int> = []
    for pair in pairs {
      let isMean = inferences.allSatisfy { Self.isMean($0[pair.sum], $0[pair.quotient]) }
      guard isMean, let sum = inferences[0][pair.sum].op as? ReduceSum else { continue }
      result.nodes[pair.sum] = Self.mean(like: nodes[pair.sum], over: sum.reduced.axes, opset: opsets[""] ?? 0)
      result.nodes[pair.sum].outputs = nodes[pair.quotient].outputs
      replaced.insert(pair.quotient)
      if (opsets[""] ?? 0) >= 18 {
        let axes = Tensor(shape: [sum.reduced.axes.count], sum.reduced.axes.map(Int64.init))
        let name = "\(nodes[pair.quotient].outputs[0])/axes"
        result.constants[name] = axes
        result.nodes[pair.sum].inputs.append(name)
      }
    }
    result.nodes = result.nodes.enumerated().filter { !replaced.contains($0.offset) }.map(\.element)
    return result
  }

  /// Whether `quotient` divides `sum` by the number of its terms.
  private static func isMean(_ sum: TypedNode, _ quotient: TypedNode) -> Bool {
    guard let reduction = sum.op as? ReduceSum, !reduction.reduced.axes.isEmpty, reduction.outputs == quotient.outputs,
      let place = quotient.node.inputs.firstIndex(of: sum.node.outputs[0]),
      let number = quotient.constants[1 - place], number.elementType == .float32, number.count == 1
    else { return false }
    let count = Float(reduction.reduced.count)
    let value = number.elements(as: Float.self)[0]
    return quotient.node.op == Divide.name ? place == 0 && value == count : value == 1 / count
  }

  /// The mean over `axes` in place of the sum `node`.
  private static func mean(like node: Node, over axes: [Int], opset: Int) -> Node {
    var mean = Node(ReduceMean.name, name: node.name, [node.inputs[0]], node.outputs)
    if let keeps = node.attributes["keepdims"] { mean.attributes["keepdims"] = keeps }
    if opset < 18 { mean.attributes["axes"] = .ints(axes.map(Int64.init)) }
    return mean
  }
}
