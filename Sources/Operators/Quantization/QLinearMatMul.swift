import EspalierFiles
import EspalierGraph
import EspalierTensors

/// A product of two quantised matrices, quantised: `Y = quantise(A' B' scale_a scale_b / scale_y)` with A' and B' the
/// factors less their zero points.
///
/// Inputs: A, its scale and zero point (one, or one for each row), B, its scale and zero point (one, or one for each
/// column), and the scale and zero point of Y.
package struct QLinearMatMul: QuantizedOperator {
  /// `QLinearMatMul`.
  package static let name: OperatorName = "QLinearMatMul"

  /// `MatMul`.
  package static var function: OperatorName { MatMul.name }

  /// A, B and the result.
  package static func operands(of node: Node) -> QuantizedOperands {
    QuantizedOperands([.quantized(0, axis: -2), .quantized(3, axis: -1)], result: 6)
  }

  /// The product of whole numbers, scaled and rounded.
  package let body: Body
  private let product: MatMul
  private let settings: [Int]

  /// Builds the body.
  package init(_ call: Invocation) throws(EspalierError) {
    settings = call.vectors(at: [1, 2, 4, 5])
    let types = [0, 3].map { call.has(input: $0) ? call.inputs[$0].map { TensorType($0.shape) } : nil }
    let product = try MatMul(Invocation(call.node, opset: OperatorRegistry.bodyOpset, inputs: types))
    body = try Body(call) { (body: inout BodyBuilder) throws(EspalierError) in
      let a = try body.difference(0, zeroPoint: 2) { max($0.rank - 2, 0) }
      let b = try body.difference(3, zeroPoint: 5) { $0.rank - 1 }
      let rank = product.outputs[0].shape.rank
      let result = try body.requantize(
        body.add(MatMul.name, [a, b]), scales: (1, 4, 6), along: (max(rank - 2, 0), rank - 1), rank: rank)
      body.finish([result])
    }
    self.product = product
  }

  /// Rows of A are tied to those of the output; the others are frozen.
  package var axes: AxisRule? { .wholeProduct(product, second: 3, settings: settings) }
}
