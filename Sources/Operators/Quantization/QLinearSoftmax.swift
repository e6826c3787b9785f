import EspalierFiles
import EspalierGraph
import EspalierTensors

/// Probabilities of quantised scores, quantised: `Y = quantise(softmax(X))` along `axis`.
///
/// `opset` is the version of the standard whose softmax is meant: below 13, over all axes from `axis` on.
package struct QLinearSoftmax: QuantizedOperator {
  /// `com.microsoft::QLinearSoftmax`.
  package static let name: OperatorName = .microsoft("QLinearSoftmax")

  /// `Softmax`.
  package static var function: OperatorName { Softmax.name }

  /// X and the result, each with its scale and zero point.
  package static func operands(of node: Node) -> QuantizedOperands { .unary }

  /// Where both mean the softmax over one axis.
  package static func canBeWrittenOut(_ node: Node, opset: Int) -> Bool {
    guard case .int(let version)? = node.attributes["opset"] else { return false }
    return version >= 13 && opset >= 13
  }

  /// The softmax between scales.
  package let body: Body
  /// The rule of a softmax over one axis.
  package let axes: AxisRule?

  /// Builds the body.
  package init(_ call: Invocation) throws(EspalierError) {
    let shape = try call.input(0).shape
    let axis = try call.axis(try call.int("axis", default: -1), ofInput: 0)
    let isOld = try call.int("opset", default: 13) < 13
    axes = isOld ? nil : Self.rule(call)
    body = try Self.body(call) { (body: inout BodyBuilder, values) in
      guard isOld else { return body.add(Softmax.name, values, ["axis": .int(Int64(axis))]) }
      let (rows, columns) = (shape[..<axis].reduce(1, *), shape[axis...].reduce(1, *))
      let matrix = body.reshape(values[0], to: [rows, columns])
      return body.reshape(body.add(Softmax.name, [matrix], ["axis": .int(1)]), to: shape)
    }
  }
}
