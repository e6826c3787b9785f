import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierOperators
import EspalierTensors

extension CostModel {
  /// The model of `graph` with `groups` of its units.
  ///
  /// The operations of a node with stored weights are proportional to the elements of the weights; those of a product
  /// of two computed values to the elements of the first and the last axis of the second; those of a normalisation to
  /// the elements of its input.
  ///
  /// - Parameters:
  ///   - graph: The network in the form that pruning needs, of which `groups` are.
  ///   - data: Inputs whose sizes are taken where the file leaves them open.
  /// - Throws: `EspalierError` if an operator is unknown or shapes do not fit.
  package init(
    _ graph: Graph, _ groups: [PruningGroup], like data: (any CalibrationData)? = nil
  ) throws(EspalierError) {
    let part = graph.extracting(to: graph.outputs.map(\.name))
    let types = try TypeInference(part, feeds: try part.feedTypes(batch: 1, like: data))
    let shares = AxisShares(groups, types.types)
    var terms: [Axes: Cost] = [:]
    for typed in types.nodes where typed.op.cost.macs > 0 {
      terms[shares.axes(of: typed, in: part), default: Cost()].macs += Double(typed.op.cost.macs)
    }
    let parameters = Set(graph.parameters)
    for (name, tensor) in graph.constants {
      let axes = shares.axes(of: name, tensor.shape.rank)
      terms[axes, default: Cost()].bytes += Double(tensor.byteCount)
      if parameters.contains(name) { terms[axes, default: Cost()].parameters += Double(tensor.count) }
    }
    self.init(sizes: groups.map(\.size), terms: terms)
  }
}

/// The shares of axes that belong to groups.
private struct AxisShares {
  private var byValue: [String: [Int: [CostModel.Share]]] = [:]

  init(_ groups: [PruningGroup], _ types: [String: TensorType]) {
    for (index, group) in groups.enumerated() {
      for (axis, units) in group.elements {
        guard let shape = types[axis.value]?.shape, axis.axis < shape.rank else { continue }
        let own = units.reduce(0) { $0 + $1.count }
        byValue[axis.value, default: [:]][axis.axis, default: []].append(
          CostModel.Share(group: index, fraction: Double(own) / Double(shape[axis.axis] * axis.blocks)))
      }
    }
  }

  /// The shares on all axes of a value that groups have a part in, in an order that depends on the shares alone.
  func axes(of value: String, _ rank: Int) -> CostModel.Axes {
    sorted((0..<rank).compactMap { shares(of: value, $0) })
  }

  func axes(of typed: TypedNode, in graph: Graph) -> CostModel.Axes {
    let node = typed.node
    func rank(_ position: Int) -> Int { typed.inputs[position]?.shape.rank ?? 0 }
    if node.op == BatchNormalization.name { return axes(of: node.inputs[0], rank(0)) }
    let weight = node.inputs.indices.prefix(2).first { graph.constants[node.inputs[$0]] != nil && rank($0) > 1 }
    if let weight { return axes(of: node.inputs[weight], rank(weight)) }
    let own = axes(of: node.inputs[0], rank(0))
    guard node.inputs.count > 1, rank(1) > 0, let last = shares(of: node.inputs[1], rank(1) - 1) else { return own }
    return sorted(own + [last])
  }

  private func shares(of value: String, _ axis: Int) -> [CostModel.Share]? {
    byValue[value]?[axis]?.sorted { ($0.group, $0.fraction) < ($1.group, $1.fraction) }
  }

  private func sorted(_ axes: CostModel.Axes) -> CostModel.Axes {
    axes.sorted { first, second in
      first.map(\.group).lexicographicallyPrecedes(second.map(\.group))
    }
  }
}
