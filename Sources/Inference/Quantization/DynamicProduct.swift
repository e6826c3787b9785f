import EspalierGraph
import EspalierOperators
import EspalierTensors

/// A product of whole numbers of which the first factor was quantised by its own range, and the result is scaled to
/// real numbers, as ONNX Runtime's dynamic quantisation writes a layer:
///
///     (q, s, z) = DynamicQuantizeLinear(x)
///     y = Mul(Cast(MatMulInteger(q, w, z, w_z)), Mul(s, w_s))
struct DynamicProduct {
  /// The product.
  let product: Node
  /// The same operator of real numbers.
  let function: OperatorName
  /// The names of q, s and z.
  let activation: [String]
  /// The names of w, its scale and, if there is one, its zero point, all stored.
  let weights: [String]
  /// The axis of w along which several scales lie.
  let axis: Int
  /// y.
  let result: String
  /// The names of the nodes and values, for ``nodes(_:reading:_:giving:)``.
  let names: [String]
  /// The positions of the nodes that the pattern takes in, except that of the last.
  let absorbed: [Int]

  /// All such products in `graph`, by the position of the last node.
  static func all(in graph: Graph) -> [Int: DynamicProduct] {
    let (readers, makers) = (graph.consumers(), graph.producers())
    let results = Set(graph.outputs.map(\.name))
    func soleReader(_ value: String) -> Int? {
      guard let own = readers[value], own.count == 1, !results.contains(value) else { return nil }
      return own[0]
    }
    var found: [Int: DynamicProduct] = [:]
    for (position, node) in graph.nodes.enumerated() {
      guard let op = OperatorRegistry.find(node.op) as? any IntegerProduct.Type, node.inputs.count > 2,
        let quantizer = makers[node.inputs[0]].map({ graph.nodes[$0] }), quantizer.op == DynamicQuantizeLinear.name,
        quantizer.outputs.count == 3, quantizer.outputs[0] == node.inputs[0], quantizer.outputs[2] == node.inputs[2],
        let castPlace = soleReader(node.outputs[0]), case let cast = graph.nodes[castPlace], cast.op == Cast.name,
        cast.attributes["to"] == .int(1), let last = soleReader(cast.outputs[0]),
        case let scaling = graph.nodes[last], scaling.op == Multiply.name,
        let factor = scaling.inputs.first(where: { $0 != cast.outputs[0] }),
        let scalePlace = makers[factor], case let scales = graph.nodes[scalePlace], scales.op == Multiply.name,
        scales.inputs.contains(quantizer.outputs[1]),
        let scale = scales.inputs.first(where: { $0 != quantizer.outputs[1] }), let stored = graph.constants[scale],
        let weights = graph.constants[node.inputs[1]],
        stored.count == 1 || op.scaledAxis != nil && weights.shape.rank == 2
      else { continue }
      var names = [node.inputs[1], scale]
      if node.inputs.count > 3, !node.inputs[3].isEmpty {
        guard graph.constants[node.inputs[3]]?.count == stored.count else { continue }
        names.append(node.inputs[3])
      }
      let isScaleOwn = soleReader(factor) == last
      found[last] = DynamicProduct(
        product: node, function: op.function, activation: quantizer.outputs, weights: names, axis: op.scaledAxis ?? 0,
        result: scaling.outputs[0],
        names: [
          scales.name, factor, node.name, node.outputs[0], cast.name, cast.outputs[0], scaling.name,
        ], absorbed: [position, castPlace] + (isScaleOwn ? [scalePlace] : []))
    }
    return found
  }

  /// The nodes of the pattern again, for a layer that was written out.
  ///
  /// - Parameters:
  ///   - mark: The product's operator, and the names of nodes and values.
  ///   - activation: The names of q, s and z.
  ///   - weights: The names of w, its scale and its zero point, if there is one.
  ///   - names: Gives each value that the pattern makes a name of its own.
  static func nodes(
    _ mark: WrittenOutMark, reading activation: [String], _ weights: [String], for layer: Node,
    _ names: inout NameTable
  ) -> [Node] {
    let (scale, product, cast) = (names.take(mark.names[1]), names.take(mark.names[3]), names.take(mark.names[5]))
    return [
      Node(Multiply.name, name: mark.names[0], [activation[1], weights[1]], [scale]),
      Node(
        mark.op, name: mark.names[2], [activation[0], weights[0], activation[2]] + weights.dropFirst(2), [product],
        layer.attributes),
      Node(Cast.name, name: mark.names[4], [product], [cast], ["to": .int(1)]),
      Node(Multiply.name, name: mark.names[6], [cast, scale], layer.outputs),
    ]
  }
}
