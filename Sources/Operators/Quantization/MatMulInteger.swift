import EspalierFiles
import EspalierGraph
import EspalierTensors

/// A product of two matrices of 8-bit numbers less their zero points, in int32.
///
/// Inputs: A, B, the zero points of A (one, or one for each row) and of B (one, or one for each column). Sums beyond
/// `2^24` are rounded, because they are computed in single precision.
package struct MatMulInteger: IntegerProduct {
  /// `MatMulInteger`.
  package static let name: OperatorName = "MatMulInteger"

  /// `MatMul`.
  package static var function: OperatorName { MatMul.name }

  /// The columns.
  package static var scaledAxis: Int? { 1 }

  /// The product of differences.
  package let body: Body
  private let product: MatMul
  private let settings: [Int]

  /// Builds the body.
  package init(_ call: Invocation) throws(EspalierError) {
    settings = call.vectors(at: [2, 3])
    let types = [0, 1].map { call.has(input: $0) ? call.inputs[$0].map { TensorType($0.shape) } : nil }
    product = try MatMul(Invocation(call.node, opset: OperatorRegistry.bodyOpset, inputs: types))
    body = try Body(call) { (body: inout BodyBuilder) throws(EspalierError) in
      let a = try body.difference(0, zeroPoint: 2) { max($0.rank - 2, 0) }
      let b = try body.difference(1, zeroPoint: 3) { $0.rank - 1 }
      body.finish([body.add(Cast.name, [body.add(MatMul.name, [a, b])], ["to": .int(6)])])
    }
  }

  /// Rows of A are tied to those of the output; the others are frozen.
  package var axes: AxisRule? { .wholeProduct(product, second: 1, settings: settings) }
}

extension AxisRule {
  /// The reason for which axes of products of whole numbers are frozen.
  static let isQuantized = "multiplies whole numbers (prune the network before it is quantised)"

  /// The rule of a product of whole numbers: batch axes and rows of the first factor are tied to those of the output,
  /// all other axes frozen. `second` is the position of the second factor.
  static func wholeProduct(_ product: MatMul, second: Int, settings: [Int]) -> AxisRule {
    let (a, b, result) = (product.a, product.b, product.outputs[0].shape)
    var rule = AxisRule(frozen: b.indices.map { FrozenAxis(PortAxis(.input(second), $0), isQuantized) })
    rule.frozen.append(FrozenAxis(PortAxis(.input(0), max(a.rank - 1, 0)), isQuantized))
    rule.frozen += settings.map { FrozenAxis(PortAxis(.input($0), 0), isQuantized) }
    guard a.rank > 1, b.rank == 2 else {
      rule.frozen += a.indices.map { FrozenAxis(PortAxis(.input(0), $0), isQuantized) }
      rule.frozen += result.indices.map { FrozenAxis(PortAxis(.output(0), $0), isQuantized) }
      return rule
    }
    rule.frozen.append(FrozenAxis(PortAxis(.output(0), result.rank - 1), isQuantized))
    rule.ties = (0..<a.rank - 1).map { AxisTie(PortAxis(.input(0), $0), PortAxis(.output(0), $0)) }
    return rule
  }
}
