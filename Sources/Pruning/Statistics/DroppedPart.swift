import Graph
import Operators
import OrderedCollections
import Tensors

/// What the layers that read a group lose with its dropped units, `V = W (H - H_S)`: computed by the network itself in a pass that
/// is made anyway, so that `|| V ||_F^2` and `|| U ||_F^2` are exact without a Gram matrix.
struct DroppedPart {
  let group: PruningGroup
  let kept: [Int]
  /// Whether the network masks the dropped units already, so that its layers make `U_S` and not U.
  let isMasked: Bool

  /// The nodes that compute the part, in a graph.
  struct Nodes {
    var nodes: [Node] = []
    var constants: [String: Tensor] = [:]
    /// For each layer, the name of `|| V ||_F^2`.
    var residuals: [String] = []
    /// For each layer, the name of `|| U ||_F^2`.
    var energies: [String] = []
  }

  /// The nodes, for the network `dense` or a masked form of it.
  ///
  /// - Throws: `EspalierError` if a layer's weights are not made of numbers.
  func nodes(in dense: Graph) throws -> Nodes {
    var result = Nodes()
    let isKept = Set(kept)
    let dropped = (0..<group.size).filter { !isKept.contains($0) }
    for (position, layer) in group.consumers.enumerated() {
      let prefix = "\(group.id) dropped/\(position)"
      var output = layer.output
      if !dropped.isEmpty, let node = dense.nodes.first(where: { $0.outputs.first == layer.product }) {
        let channels = dropped.flatMap { group.elements[layer.activation]![$0] }.sorted()
        let part = try addPart(of: layer, node, channels, dense, prefix, &result)
        result.add(SquaredNorm.name, [part], "\(prefix)/residual")
        result.residuals.append("\(prefix)/residual")
        if isMasked {
          result.add(Add.name, [layer.output, part], "\(prefix)/output")
          output = "\(prefix)/output"
        }
      }
      result.add(SquaredNorm.name, [output], "\(prefix)/energy")
      result.energies.append("\(prefix)/energy")
    }
    return result
  }

  /// The layer again, on nothing but `channels`, without its bias.
  private func addPart(
    of layer: WeightedContraction, _ node: Node, _ channels: [Int], _ graph: Graph, _ prefix: String,
    _ result: inout Nodes
  ) throws -> String {
    guard var weight = graph.constants[layer.weight.value] else { return "" }
    if let affine = layer.normalization?.affine(in: graph) {
      weight = weight.scaled(by: affine.factor.map { Float($0) }, along: layer.outputAxis.axis)
    }
    var plain = node
    plain.inputs = Array(node.inputs.prefix(2))
    let part = layer.restriction(of: plain, to: channels, weight: weight, prefix: prefix, output: "\(prefix)/part")
    result.nodes += part.nodes
    result.constants.merge(part.constants) { first, _ in first }
    return "\(prefix)/part"
  }
}

extension DroppedPart.Nodes {
  /// The nodes of several groups together.
  static func joining(_ parts: [DroppedPart.Nodes]) -> DroppedPart.Nodes {
    parts.reduce(into: DroppedPart.Nodes()) { whole, part in
      whole.nodes += part.nodes
      whole.constants.merge(part.constants) { first, _ in first }
      whole.residuals += part.residuals
      whole.energies += part.energies
    }
  }

  fileprivate mutating func add(
    _ op: OperatorName, _ inputs: [String], _ output: String, _ attributes: OrderedDictionary<String, Attribute> = [:]
  ) {
    nodes.append(Node(op, name: output, inputs, [output], attributes))
  }
}

extension Tensor {
  /// The tensor with its slices along `axis` multiplied by one factor each.
  fileprivate func scaled(by factors: [Float], along axis: Int) -> Tensor {
    var result = self
    let inner = max(shape[(axis + 1)...].reduce(1, *), 1)
    result.withMutableElements(as: Float.self) { elements in
      for i in elements.indices { elements[i] *= factors[i / inner % factors.count] }
    }
    return result
  }
}
