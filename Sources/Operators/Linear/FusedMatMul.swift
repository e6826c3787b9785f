import EspalierFiles
import EspalierGraph
import EspalierTensors

/// ONNX Runtime's scaled product of matrices, `Y = alpha A B`, each factor transposed if `transA` or `transB` is set.
package struct FusedMatMul: CompositeOperator {
  /// `com.microsoft::FusedMatMul`.
  package static let name: OperatorName = .microsoft("FusedMatMul")

  /// Both factors.
  package static var parameterInputs: ParameterInputs { .at(0..<2) }

  /// The transpositions, the product and the scale.
  package let body: Body
  /// The rule of the product. The contraction is that of a dense layer, if the right factor is a matrix.
  package let axes: AxisRule?

  /// Reads `alpha`, `transA` and `transB`; transposed batches are not supported.
  package init(_ call: Invocation) throws(EspalierError) {
    let alpha = try call.float("alpha", default: 1)
    let transposed = [try call.flag("transA"), try call.flag("transB")]
    guard try !call.flag("transBatchA"), try !call.flag("transBatchB") else {
      throw call.unsupported("exchanges batches with rows", remedy: "optimise the network without that fusion")
    }
    let shapes = [try call.floatInput(0).shape, try call.floatInput(1).shape]
    body = try Body(call) { (body: inout BodyBuilder) throws(EspalierError) in
      var factors = [try body.required(0), try body.required(1)]
      for position in 0..<2 where transposed[position] && shapes[position].rank > 1 {
        let rank = shapes[position].rank
        factors[position] = body.transpose(factors[position], Array(0..<rank - 2) + [rank - 1, rank - 2])
      }
      let product = body.add(MatMul.name, factors)
      body.finish([alpha == 1 ? product : body.add(Scale.name, [product], ["factor": .float(alpha)])])
    }
    let plain = zip(shapes, transposed).map { shape, isTransposed in
      let rank = shape.rank
      guard isTransposed, rank > 1 else { return shape }
      return Shape(Array(shape[..<(rank - 2)]) + [shape[rank - 1], shape[rank - 2]])
    }
    let product = try MatMul(
      Invocation(
        call.node, opset: OperatorRegistry.bodyOpset, inputs: plain.map { TensorType($0) },
        constants: Array(call.constants.prefix(2))))
    axes = product.axes?.exchangingLastAxes(
      of: (0..<2).filter { transposed[$0] && shapes[$0].rank > 1 }, ranks: shapes.map(\.rank), scale: alpha)
  }
}

extension AxisRule {
  /// The rule with the last two axes of the inputs at `positions` exchanged, and its weights multiplied by `scale`.
  fileprivate func exchangingLastAxes(of positions: [Int], ranks: [Int], scale: Float) -> AxisRule {
    func exchanged(_ axis: PortAxis) -> PortAxis {
      guard case .input(let position) = axis.port, positions.contains(position) else { return axis }
      let last = ranks[position] - 1
      let other = axis.axis == last ? last - 1 : axis.axis == last - 1 ? last : axis.axis
      return PortAxis(axis.port, other)
    }
    var rule = self
    for index in ties.indices {
      (rule.ties[index].from, rule.ties[index].to) = (exchanged(ties[index].from), exchanged(ties[index].to))
    }
    if let product = summed {
      rule.summed = ValueProduct(left: exchanged(product.left), right: exchanged(product.right))
    }
    for index in contractions.indices {
      rule.contractions[index].activation = exchanged(contractions[index].activation)
      rule.contractions[index].weight = exchanged(contractions[index].weight)
      rule.contractions[index].outputAxis = exchanged(contractions[index].outputAxis)
      rule.contractions[index].weightScale *= scale
    }
    return rule
  }
}
