import EspalierFiles
import EspalierGraph
import EspalierTensors

/// An operator on quantised numbers that computes what another, its function f, does on the numbers these stand for,
/// and quantises the result:
///
///     Y = quantise(f(dequantise(A), dequantise(B), ..))
///
/// A node can be written out in these terms, with f in its middle like any other node: so networks of such operators
/// are pruned by the rules of their functions.
package protocol QuantizedOperator: CompositeOperator {
  /// f, which takes the node's own attributes.
  static var function: OperatorName { get }

  /// Whether f has the meaning that `node` gives it, in a network of version `opset` of the standard.
  static func canBeWrittenOut(_ node: Node, opset: Int) -> Bool

  /// The places of the operands among the inputs of `node`.
  static func operands(of node: Node) -> QuantizedOperands
}

extension QuantizedOperator {
  /// Always, by default.
  package static func canBeWrittenOut(_ node: Node, opset: Int) -> Bool { true }
}

/// The places of a quantised operator's operands among its inputs.
package struct QuantizedOperands: Hashable, Sendable {
  /// One operand of the function.
  package enum Operand: Hashable, Sendable {
    /// The input at a position, as it is.
    case plain(Int)
    /// Whole numbers at a position; the next two inputs are their scales, several along an axis, and zero points.
    case quantized(Int, axis: Int)
  }

  /// The operands, in the order in which the function takes them.
  package var values: [Operand]
  /// The position of a last operand in int32, scaled by the product of the scales of the first two, along its first
  /// axis; `nil` if the operator takes none.
  package var bias: Int?
  /// The position of the result's scale, which its zero point follows.
  package var result: Int
  /// Whether the result may stay in single precision, without a scale.
  package var isResultOptional: Bool

  /// Operands at these places.
  package init(_ values: [Operand], bias: Int? = nil, result: Int, isResultOptional: Bool = false) {
    (self.values, self.bias, self.result, self.isResultOptional) = (values, bias, result, isResultOptional)
  }

  /// A single quantised operand, the scale of the result behind it.
  static let unary = QuantizedOperands([.quantized(0, axis: 0)], result: 3)

  /// Two quantised operands, the scale of the result behind them.
  static let binary = QuantizedOperands([.quantized(0, axis: 0), .quantized(3, axis: 0)], result: 6)
}

/// A product of whole numbers less their zero points, in int32: the inputs are both factors, then their zero points. It
/// is the layer of networks whose values are quantised by their own range when they run.
package protocol IntegerProduct: CompositeOperator {
  /// The operator that does the same on real numbers.
  static var function: OperatorName { get }

  /// The axis of the second factor that lies along a vector which multiplies the result; `nil` if it has none.
  static var scaledAxis: Int? { get }
}
