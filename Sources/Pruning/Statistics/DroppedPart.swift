import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierTensors
import OrderedCollections

/// The loss of the layers that read a group from its dropped units, `V = W (H - H_S)`: computed by the network itself
/// in a pass that is made anyway, so that `|| V ||_F^2` and `|| U ||_F^2` are exact without a Gram matrix.
struct DroppedPart {
  let group: PruningGroup
  let kept: [Int]
  /// Whether the network already masks the dropped units, so that its layers output `U_S` instead of U.
  let isMasked: Bool

  /// The names of the squared norms that the nodes compute.
  struct Norms {
    /// For each layer, the name of `|| V ||_F^2`.
    var residuals: [String] = []
    /// For each layer, the name of `|| U ||_F^2`.
    var energies: [String] = []

    var names: [String] { residuals + energies }
  }

  /// The nodes that compute the dropped parts of groups.
  struct Nodes {
    private var builder: GraphBuilder
    /// The norms of all groups.
    private(set) var norms = Norms()

    /// No nodes yet for `graph`.
    init(beside graph: Graph) { builder = GraphBuilder(beside: graph) }

    /// The nodes for `part`, whose layers are those of `dense`, for `graph`, which is `dense` or a masked form of it.
    ///
    /// - Throws: `EspalierError` if a layer's weights are not floating point.
    init(of part: DroppedPart, in dense: Graph, beside graph: Graph) throws(EspalierError) {
      self.init(beside: graph)
      try add(part, in: dense)
    }

    /// The nodes and their stored tensors.
    var added: Graph { builder.graph }

    /// Adds nodes for `part`, whose layers are those of `dense`.
    ///
    /// - Throws: `EspalierError` if a layer's weights are not floating point.
    @discardableResult
    mutating func add(_ part: DroppedPart, in dense: Graph) throws(EspalierError) -> Norms {
      let own = try part.write(with: &builder, in: dense)
      norms.residuals += own.residuals
      norms.energies += own.energies
      return own
    }
  }

  private func write(with builder: inout GraphBuilder, in dense: Graph) throws(EspalierError) -> Norms {
    var norms = Norms()
    let isKept = Set(kept)
    let dropped = (0..<group.size).filter { !isKept.contains($0) }
    for (position, layer) in group.readers.enumerated() {
      let prefix = "\(group.id) dropped/\(position)"
      var output = layer.output
      if !dropped.isEmpty, let node = dense.nodes.first(where: { $0.outputs.first == layer.product }) {
        let channels = dropped.flatMap { group.elements[layer.activation]![$0] }.sorted()
        let part = try addPart(of: layer, node, channels, dense, prefix, &builder)
        norms.residuals.append(builder.add(SquaredNorm.name, [part], output: "\(prefix)/residual"))
        if isMasked { output = builder.add(Add.name, [layer.output, part], output: "\(prefix)/output") }
      }
      norms.energies.append(builder.add(SquaredNorm.name, [output], output: "\(prefix)/energy"))
    }
    return norms
  }

  /// A copy of the layer that reads `channels` only, without its bias.
  private func addPart(
    of layer: WeightedContraction, _ node: Node, _ channels: [Int], _ graph: Graph, _ prefix: String,
    _ builder: inout GraphBuilder
  ) throws(EspalierError) -> String {
    if layer.productWidth != nil {
      let places = builder.store(Tensor(shape: [channels.count], channels.map(Int64.init)), as: "\(prefix)/channels")
      let factors = [layer.activation, layer.weight].map { axis in
        builder.add(
          Gather.name, [axis.value, places], ["axis": .int(Int64(axis.axis))], output: "\(prefix)/\(axis.value)")
      }
      return builder.add(node.op, factors, node.attributes, output: "\(prefix)/part")
    }
    guard var weight = graph.constants[layer.weight.value] else { return "" }
    if let affine = layer.normalization?.affine(in: graph) {
      weight = weight.scaled(by: affine.factor.map { Float($0) }, along: layer.outputAxis.axis)
    }
    let operands = layer.operands(of: node, cutTo: channels, weight: weight, prefix: prefix, with: &builder)
    return builder.add(node.op, operands, node.attributes, output: "\(prefix)/part")
  }
}

extension Tensor {
  /// The tensor with each slice along `axis` multiplied by its factor.
  fileprivate func scaled(by factors: [Float], along axis: Int) -> Tensor {
    var result = self
    let inner = max(shape[(axis + 1)...].reduce(1, *), 1)
    result.withMutableElements(as: Float.self) { elements in
      for i in elements.indices { elements[i] *= factors[i / inner % factors.count] }
    }
    return result
  }
}
