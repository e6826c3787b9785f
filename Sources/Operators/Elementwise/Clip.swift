import EspalierFiles
import EspalierGraph
import EspalierTensors

/// Each element clamped to two bounds: `Y = min(max(X, min), max)`. The bounds are scalar inputs from operator set 11,
/// attributes before; either may be omitted. With 0 and 6 this is ReLU6.
package struct Clip: DifferentiableOperator, BoundingOperator {
  /// `Clip`.
  package static let name: OperatorName = "Clip"

  /// Each output element depends on a single position of the inputs.
  package static var isElementwise: Bool { true }

  /// The output has the axes of the input.
  package static func channelReading(_ node: Node) -> ChannelReading { .keepsAxes }

  /// The bounds used in place of omitted inputs.
  package let standard: StatedBounds
  /// The bounds for single precision numbers, if they are known before the network runs; `nil` if they are not, or if
  /// the lower bound exceeds the upper.
  package let bounds: Bounds?
  private let input: TensorType

  /// Reads the bounds.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.input(0)
    try call.checkNumeric(input.elementType)
    for position in 1..<3 where call.has(input: position) {
      let bound = try call.input(position)
      guard bound.elementType == input.elementType, bound.shape.elementCount == 1 else {
        throw call.error("holds \(input) to a bound that is \(bound)")
      }
    }
    standard = try StatedBounds(call)
    bounds = standard.known(to: call)
  }

  /// The bounds that the attributes state.
  package struct StatedBounds: Hashable, Sendable {
    /// The lower bound; minus infinity by default.
    package let least: Float
    /// The upper bound; infinity by default.
    package let greatest: Float

    /// Reads `min` and `max`.
    init(_ call: Invocation) throws(EspalierError) {
      least = try call.float("min", default: -.infinity)
      greatest = try call.float("max", default: .infinity)
    }

    /// The bounds of `call`, if they are known: its inputs after the first, or else these.
    fileprivate func known(to call: Invocation) -> Bounds? {
      guard call.inputs[0]?.elementType == .float32 else { return nil }
      var bounds = [least, greatest]
      for position in 1..<3 where call.has(input: position) {
        guard let bound = call.constants[position]?.doubles()?.first else { return nil }
        bounds[position - 1] = Float(bound)
      }
      return bounds[0] <= bounds[1] ? Bounds(least: bounds[0], greatest: bounds[1]) : nil
    }
  }

  /// The input's type.
  package var outputs: [TensorType] { [input] }

  /// Every axis is tied to the same axis of the output.
  package var axes: AxisRule? { .identity(rank: input.shape.rank) }

  /// Nonnegative if the lower bound is.
  package var sign: Sign { (bounds?.least ?? -1) >= 0 ? .nonnegative : .unknown }

  /// `dX = dY` between the bounds, 0 at and beyond them.
  package func differentiate(_ gradients: inout GradientBuilder) {
    guard gradients.wants(0) else { return }
    let bounds = (1..<3).map { gradients.node.has(input: $0) ? gradients.input($0) : "" }
    let gradient = gradients.add(
      ClipDerivative.name, [gradients.input(0)] + bounds + [gradients.outputGradient], gradients.attributes)
    gradients.set(gradient, forInput: 0)
  }
}

/// The derivative of ``Clip``: `dY` where `min < X < max`, else 0. Inputs `X`, `min`, `max` and `dY`.
package struct ClipDerivative: Operator {
  /// `espalier::ClipDerivative`.
  package static let name: OperatorName = .own("ClipDerivative")

  /// Each output element depends on a single position of the inputs.
  package static var isElementwise: Bool { true }

  /// The bounds used in place of omitted inputs.
  package let standard: Clip.StatedBounds
  private let input: TensorType

  /// Reads the bounds.
  package init(_ call: Invocation) throws(EspalierError) {
    let (x, gradient) = (try call.floatInput(0), try call.floatInput(3))
    guard x == gradient else { throw call.error("a gradient of \(gradient) does not fit \(x)") }
    input = x
    standard = try Clip.StatedBounds(call)
  }

  /// The type of `X`.
  package var outputs: [TensorType] { [input] }
}
