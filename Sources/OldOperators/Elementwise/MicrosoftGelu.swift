import Graph
import Tensors

/// A smooth rectifier as ONNX Runtime writes it: a function of its input plus a bias, if there is one.
public protocol BiasedFunction: CompositeOperator {
  /// Adds the function itself.
  static func function(_ value: String, _ body: inout BodyBuilder) throws -> String
}

extension BiasedFunction {
  /// The bias.
  public static var parameterInputs: ParameterInputs { .at(1..<2) }

  /// The sum, and the function of it.
  public static func write(_ body: inout BodyBuilder) throws {
    var value = try body.required(0)
    if let bias = body.input(1) { value = body.add(Add.name, [value, bias]) }
    body.finish([try function(value, &body)])
  }

  /// Element by element.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    var rule =
      try invocation.has(input: 1) ? invocation.broadcastAxes() : .identity(rank: invocation.input(0).shape.rank)
    rule.couplesBranches = false
    return rule
  }
}

/// `Gelu(X + B)`.
public enum BiasGelu: BiasedFunction {
  /// `com.microsoft::BiasGelu`.
  public static let name: OperatorName = .microsoft("BiasGelu")

  /// The exact form.
  public static func function(_ value: String, _ body: inout BodyBuilder) throws -> String {
    body.add(Gelu.name, [value])
  }
}

/// `Gelu(X)`, exact.
public enum MicrosoftGelu: BiasedFunction {
  /// `com.microsoft::Gelu`.
  public static let name: OperatorName = .microsoft("Gelu")

  /// The exact form.
  public static func function(_ value: String, _ body: inout BodyBuilder) throws -> String {
    body.add(Gelu.name, [value])
  }
}

/// `Gelu(X + B)` by the hyperbolic tangent.
public enum FastGelu: BiasedFunction {
  /// `com.microsoft::FastGelu`.
  public static let name: OperatorName = .microsoft("FastGelu")

  /// The approximate form.
  public static func function(_ value: String, _ body: inout BodyBuilder) throws -> String {
    body.add(Gelu.name, [value], ["approximate": .string("tanh")])
  }
}

/// `X sigmoid(alpha X)`.
public enum QuickGelu: BiasedFunction {
  /// `com.microsoft::QuickGelu`.
  public static let name: OperatorName = .microsoft("QuickGelu")

  /// Two passes.
  public static func function(_ value: String, _ body: inout BodyBuilder) throws -> String {
    let alpha = try body.invocation.float("alpha", default: 1.702)
    let gate = body.add(Sigmoid.name, [body.add(Scale.name, [value], ["factor": .float(alpha)])])
    return body.add(Multiply.name, [value, gate])
  }
}
