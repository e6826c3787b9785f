import EspalierFiles
import EspalierGraph
import EspalierTensors

/// ONNX Runtime's residual addition followed by a normalisation over the last axis: `Y = LayerNormalization(X + skip +
/// bias)`.
///
/// Inputs: X, skip, gamma, beta and bias, the last two of which are optional. The fourth output is the sum before the
/// normalisation.
package struct SkipLayerNormalization: CompositeOperator {
  /// `com.microsoft::SkipLayerNormalization`.
  package static let name: OperatorName = .microsoft("SkipLayerNormalization")

  /// Gamma, beta and the bias.
  package static var parameterInputs: ParameterInputs { .at(2..<5) }

  /// The sum, and its normalisation.
  package let body: Body
  /// The shapes of X and skip.
  private let branches: [Shape]
  /// The positions of the inputs gamma, beta and bias that are present.
  private let parameters: [Int]
  /// The requested outputs for the result and the sum.
  private let results: [Int]

  /// Parses a node.
  package init(_ call: Invocation) throws(EspalierError) {
    body = try Body(call) { (body: inout BodyBuilder) throws(EspalierError) in
      var sum = body.add(Add.name, [try body.required(0), try body.required(1)])
      if let bias = body.input(4) { sum = body.add(Add.name, [sum, bias]) }
      let epsilon = try call.float("epsilon", default: 1e-12)
      let normalized = body.add(
        LayerNormalization.name, [sum, try body.required(2)] + (body.input(3).map { [$0] } ?? []),
        ["epsilon": .float(epsilon)], outputs: 3)
      body.finish(normalized + [sum])
    }
    branches = [try call.input(0).shape, try call.input(1).shape]
    parameters = (2..<5).filter(call.has(input:))
    results = [0, 3].filter(call.has(output:))
  }

  /// Two branches meet, and their last axis is normalised, with gamma, beta and the bias.
  package var axes: AxisRule? {
    let shape = branches[0]
    let last = shape.rank - 1
    var rule = AxisRule(couplesBranches: true)
    for output in results {
      for (input, own) in branches.enumerated() {
        let missing = shape.rank - own.rank
        rule.ties += own.indices.filter { own[$0] == shape[$0 + missing] }.map {
          AxisTie(PortAxis(.input(input), $0), PortAxis(.output(output), $0 + missing))
        }
      }
    }
    rule.ties += parameters.map { AxisTie(PortAxis(.input($0), 0), PortAxis(.output(0), last)) }
    rule.normalized = [PortAxis(.output(0), last)]
    return rule
  }
}
