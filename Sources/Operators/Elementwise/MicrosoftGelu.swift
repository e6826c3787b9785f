import EspalierFiles
import EspalierGraph
import EspalierTensors

/// An activation of ONNX Runtime: a function of the input plus an optional bias.
package protocol BiasedFunction: CompositeOperator {}

extension BiasedFunction {
  /// The bias.
  package static var parameterInputs: ParameterInputs { .at(1..<2) }

  /// The sum and `function` of it; every axis is tied to the same axis of the output.
  fileprivate static func parse(
    _ call: Invocation, _ function: (_ value: String, _ body: inout BodyBuilder) -> String
  ) throws(EspalierError) -> (Body, AxisRule) {
    let body = try Body(call) { (body: inout BodyBuilder) throws(EspalierError) in
      var value = try body.required(0)
      if let bias = body.input(1) { value = body.add(Add.name, [value, bias]) }
      body.finish([function(value, &body)])
    }
    var rule = try call.has(input: 1) ? Broadcast(call).axes : .identity(rank: call.input(0).shape.rank)
    rule.couplesBranches = false
    return (body, rule)
  }
}

/// `Gelu(X + B)`.
package struct BiasGelu: BiasedFunction {
  /// `com.microsoft::BiasGelu`.
  package static let name: OperatorName = .microsoft("BiasGelu")

  /// The exact form.
  package let body: Body
  /// Every axis is tied to the same axis of the output.
  package let axes: AxisRule?

  /// Builds the body.
  package init(_ call: Invocation) throws(EspalierError) {
    (body, axes) = try Self.parse(call) { value, body in body.add(Gelu.name, [value]) }
  }
}

/// `Gelu(X)`, exact.
package struct MicrosoftGelu: BiasedFunction {
  /// `com.microsoft::Gelu`.
  package static let name: OperatorName = .microsoft("Gelu")

  /// The exact form.
  package let body: Body
  /// Every axis is tied to the same axis of the output.
  package let axes: AxisRule?

  /// Builds the body.
  package init(_ call: Invocation) throws(EspalierError) {
    (body, axes) = try Self.parse(call) { value, body in body.add(Gelu.name, [value]) }
  }
}

/// `Gelu(X + B)`, approximated by the hyperbolic tangent.
package struct FastGelu: BiasedFunction {
  /// `com.microsoft::FastGelu`.
  package static let name: OperatorName = .microsoft("FastGelu")

  /// The approximate form.
  package let body: Body
  /// Every axis is tied to the same axis of the output.
  package let axes: AxisRule?

  /// Builds the body.
  package init(_ call: Invocation) throws(EspalierError) {
    (body, axes) = try Self.parse(call) { value, body in
      body.add(Gelu.name, [value], ["approximate": .string("tanh")])
    }
  }
}

/// `X sigmoid(alpha X)`.
package struct QuickGelu: BiasedFunction {
  /// `com.microsoft::QuickGelu`.
  package static let name: OperatorName = .microsoft("QuickGelu")

  /// The gate, and the product with it.
  package let body: Body
  /// Every axis is tied to the same axis of the output.
  package let axes: AxisRule?

  /// Reads `alpha` (1.702 by default) and builds the body.
  package init(_ call: Invocation) throws(EspalierError) {
    let alpha = try call.float("alpha", default: 1.702)
    (body, axes) = try Self.parse(call) { value, body in
      let gate = body.add(Sigmoid.name, [body.add(Scale.name, [value], ["factor": .float(alpha)])])
      return body.add(Multiply.name, [value, gate])
    }
  }
}
