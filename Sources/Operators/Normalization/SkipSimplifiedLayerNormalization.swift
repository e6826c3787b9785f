import EspalierFiles
import EspalierGraph
import EspalierTensors

/// ONNX Runtime's residual addition followed by a division by the root mean square of the last axis: `S = X + skip +
/// bias`, `Y = gamma S / sqrt(mean(S^2) + epsilon)`.
///
/// Inputs: X, skip, gamma and the optional bias. The third output is the inverse root, the fourth S; the second is not
/// supported.
package struct SkipSimplifiedLayerNormalization: CompositeOperator {
  /// `com.microsoft::SkipSimplifiedLayerNormalization`.
  package static let name: OperatorName = .microsoft("SkipSimplifiedLayerNormalization")

  /// Gamma and the bias.
  package static var parameterInputs: ParameterInputs { .at(2..<4) }

  /// The sum, and its normalisation.
  package let body: Body
  private let norm: RootMeanSquare
  private let skip: Shape
  private let hasBias: Bool
  private let givesSum: Bool

  /// Reads `epsilon` (1e-12 by default).
  package init(_ call: Invocation) throws(EspalierError) {
    let norm = try RootMeanSquare(call, scale: 2, epsilon: 1e-12)
    skip = try call.floatInput(1).shape
    body = try Body(call) { (body: inout BodyBuilder) throws(EspalierError) in
      var sum = body.add(Add.name, [try body.required(0), try body.required(1)])
      if let bias = body.input(3) { sum = body.add(Add.name, [sum, bias]) }
      let (normalized, inverse) = norm.add(sum, scale: try body.required(2), to: &body)
      body.finish([normalized, inverse, inverse, sum])
    }
    self.norm = norm
    guard !call.has(output: 1) else { throw call.error("gives no mean, and its second output is one") }
    (hasBias, givesSum) = (call.has(input: 3), call.has(output: 3))
  }

  /// Two branches meet, and their last axis is normalised, with gamma and the bias.
  package var axes: AxisRule? {
    var rule = norm.rule
    let rank = norm.shape.rank
    rule.couplesBranches = true
    rule.ties += Broadcasting.ties(skip, input: 1, result: norm.shape)
    if hasBias { rule.ties.append(AxisTie(PortAxis(.input(3), 0), PortAxis(.output(0), rank - 1))) }
    if givesSum { rule.ties += (0..<rank).map { AxisTie(PortAxis(.input(0), $0), PortAxis(.output(3), $0)) } }
    return rule
  }
}
