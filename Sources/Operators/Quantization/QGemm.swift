import EspalierFiles
import EspalierGraph
import EspalierTensors

/// A dense layer of quantised numbers: `Y = quantise(alpha A' B' scale_a scale_b + C)` with `A'` and `B'` the factors
/// less their zero points, transposed where `transA` and `transB` say so.
///
/// Inputs: A, its scale and zero point, B, its scale and zero point (one, or one for each column of `B'`), the optional
/// int32 C in units of `alpha scale_a scale_b`, and the scale and zero point of Y; without these Y is in single
/// precision.
package struct QGemm: QuantizedOperator {
  /// `com.microsoft::QGemm`.
  package static let name: OperatorName = .microsoft("QGemm")

  /// `Gemm`.
  package static var function: OperatorName { Gemm.name }

  /// A, B, C and the result.
  package static func operands(of node: Node) -> QuantizedOperands {
    let columns = if case .int(1)? = node.attributes["transB"] { 0 } else { 1 }
    return QuantizedOperands(
      [.quantized(0, axis: 0), .quantized(3, axis: columns)], bias: 6, result: 7, isResultOptional: true)
  }

  /// The product of whole numbers, scaled and rounded.
  package let body: Body
  private let rows: Int
  private let settings: [Int]

  /// Builds the body.
  package init(_ call: Invocation) throws(EspalierError) {
    let columns = try call.flag("transB") ? 0 : 1
    rows = try call.flag("transA") ? 1 : 0
    settings = call.vectors(at: [4, 5, 6])
    let alpha = try call.float("alpha", default: 1)
    body = try Body(call) { (body: inout BodyBuilder) throws(EspalierError) in
      var inputs = [
        try body.difference(0, zeroPoint: 2) { _ in 0 }, try body.difference(3, zeroPoint: 5) { _ in columns },
      ]
      if let addend = body.input(6) { inputs.append(body.floats(addend)) }
      var attributes = call.node.attributes
      attributes["alpha"] = nil
      let product = body.add(Gemm.name, inputs, attributes)
      let scaled = alpha == 1 ? product : body.add(Multiply.name, [product, body.store(Tensor(scalar: alpha))])
      guard call.has(input: 7) else {
        let first = body.spread(try body.required(1), 1, along: 0, rank: 2)
        let second = body.spread(try body.required(4), 4, along: 1, rank: 2)
        return body.finish([body.add(Multiply.name, [scaled, body.add(Multiply.name, [first, second])])])
      }
      body.finish([try body.requantize(scaled, scales: (1, 4, 7), along: (0, 1), rank: 2)])
    }
  }

  /// Rows of `A'` are tied to those of the output; the other axes are frozen.
  package var axes: AxisRule? {
    let others = [
      PortAxis(.input(0), 1 - rows), PortAxis(.input(3), 0), PortAxis(.input(3), 1), PortAxis(.output(0), 1),
    ]
    return AxisRule(
      ties: [AxisTie(PortAxis(.input(0), rows), PortAxis(.output(0), 0))],
      frozen: (others + settings.map { PortAxis(.input($0), 0) }).map { FrozenAxis($0, AxisRule.isQuantized) })
  }
}
