import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The division of each row by its root mean square: `Y = scale X / sqrt(mean(X^2) + epsilon)`, the mean over the last
/// axes of X from `axis` on.
///
/// Source: B. Zhang and R. Sennrich, "Root mean square layer normalization" (NeurIPS 2019), equation 4.
struct RootMeanSquare: Hashable, Sendable {
  /// The shape of X.
  let shape: Shape
  /// The first axis of the mean.
  let axis: Int
  /// The number added to the mean.
  let epsilon: Float
  /// The input that is the scale.
  let scale: Int
  private let scaleShape: Shape

  /// The normalisation of the first input by the scale at position `scale`, which must broadcast to its last axes.
  init(_ call: Invocation, scale: Int, epsilon: Float = 1e-5) throws(EspalierError) {
    shape = try call.floatInput(0).shape
    axis = try call.axis(try call.int("axis", default: -1), ofInput: 0)
    self.epsilon = try call.float("epsilon", default: epsilon)
    (self.scale, scaleShape) = (scale, try call.floatInput(scale).shape)
    guard scaleShape.rank <= shape.rank - axis,
      Broadcasting.shape(scaleShape, Shape(Array(shape[axis...]))) == Shape(Array(shape[axis...]))
    else { throw call.error("its scale of \(scaleShape) does not fit the last axes of \(shape)") }
  }

  /// Adds the normalisation of `value`; the second result is `1 / sqrt(mean(X^2) + epsilon)`.
  func add(_ value: String, scale: String, to body: inout BodyBuilder) -> (normalized: String, inverse: String) {
    let square = body.add(Multiply.name, [value, value])
    let mean = body.add(ReduceMean.name, [square], ["axes": .ints((axis..<shape.rank).map(Int64.init))])
    let shifted = body.add(Add.name, [mean, body.store(Tensor(scalar: epsilon))])
    let inverse = body.add(Reciprocal.name, [body.add(SquareRoot.name, [shifted])])
    return (body.add(Multiply.name, [body.add(Multiply.name, [value, inverse]), scale]), inverse)
  }

  /// Every axis is tied to the same axis of the output, and those of the scale to the last ones; the last axes from
  /// `axis` on are normalised.
  var rule: AxisRule {
    var rule = AxisRule.identity(rank: shape.rank)
    rule.ties += Broadcasting.ties(scaleShape, input: scale, result: shape)
    rule.normalized = (axis..<shape.rank).map { PortAxis(.output(0), $0) }
    return rule
  }

  /// The body and the rule of a node that is the normalisation of its first input by the second; with `givesInverse`,
  /// its optional second output is the inverse root.
  static func layer(
    _ call: Invocation, givesInverse: Bool
  ) throws(EspalierError) -> (body: Body, axes: AxisRule?) {
    let norm = try RootMeanSquare(call, scale: 1)
    let body = try Body(call) { (body: inout BodyBuilder) throws(EspalierError) in
      let (normalized, inverse) = norm.add(try body.required(0), scale: try body.required(1), to: &body)
      body.finish(givesInverse ? [normalized, inverse] : [normalized])
    }
    var rule = norm.rule
    if givesInverse, call.has(output: 1) {
      rule.ties += (0..<norm.axis).map { AxisTie(PortAxis(.input(0), $0), PortAxis(.output(1), $0)) }
    }
    return (body, rule)
  }
}
