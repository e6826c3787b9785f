import Graph
import Tensors

/// ONNX Runtime's residual addition with its normalisation: `Y = LayerNormalization(X + skip + bias)`, over the last axis.
///
/// Inputs: X, skip, gamma, beta and bias, the last two of which may be left out. The fourth output is the sum that is normalised.
public enum SkipLayerNormalization: CompositeOperator {
  /// `com.microsoft::SkipLayerNormalization`.
  public static let name: OperatorName = .microsoft("SkipLayerNormalization")

  /// Gamma, beta and the bias.
  public static var parameterInputs: ParameterInputs { .at(2..<5) }

  /// The sum, and its normalisation.
  public static func write(_ body: inout BodyBuilder) throws {
    var sum = body.add(Add.name, [try body.required(0), try body.required(1)])
    if let bias = body.input(4) { sum = body.add(Add.name, [sum, bias]) }
    let epsilon = try body.invocation.float("epsilon", default: 1e-12)
    let normalized = body.add(
      LayerNormalization.name, [sum, try body.required(2)] + (body.input(3).map { [$0] } ?? []),
      ["epsilon": .float(epsilon)], outputs: 3)
    body.finish(normalized + [sum])
  }

  /// Two branches meet, and their last axis is normalised over, with gamma, beta and the bias.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    let shape = try invocation.input(0).shape
    let last = shape.rank - 1
    var rule = AxisRule(couplesBranches: true)
    for output in [0, 3] where invocation.has(output: output) {
      for input in 0..<2 {
        let own = try invocation.input(input).shape
        let missing = shape.rank - own.rank
        rule.ties += own.indices.filter { own[$0] == shape[$0 + missing] }.map {
          AxisTie(PortAxis(.input(input), $0), PortAxis(.output(output), $0 + missing))
        }
      }
    }
    rule.ties += (2..<5).filter(invocation.has(input:)).map {
      AxisTie(PortAxis(.input($0), 0), PortAxis(.output(0), last))
    }
    rule.normalized = [PortAxis(.output(0), last)]
    return rule
  }
}
