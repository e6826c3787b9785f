import EspalierFiles
import EspalierGraph
import EspalierTensors

/// An operator that applies a function to each element: `Y = f(X)`, of the same type and shape.
///
/// An instance is the function of one node: it holds the parameters given by the node's attributes.
package protocol UnaryOperator: DifferentiableOperator {
  /// The type of the input.
  var input: TensorType { get }
}

extension UnaryOperator {
  /// Each output element depends on a single position of the inputs.
  package static var isElementwise: Bool { true }

  /// The output has the axes of the input.
  package static func channelReading(_ node: Node) -> ChannelReading { .keepsAxes }

  /// The input's type.
  package var outputs: [TensorType] { [input] }

  /// Every axis is tied to the same axis of the output.
  package var axes: AxisRule? { .identity(rank: input.shape.rank) }

  /// `dX = dY f'(X)`, computed by ``derivativeOperator``.
  package func differentiate(_ gradients: inout GradientBuilder) {
    let gradient = gradients.add(
      UnaryDerivative<Self>.name, [gradients.outputGradient, gradients.input(0), gradients.output],
      gradients.attributes)
    gradients.set(gradient, forInput: 0)
  }

  /// The operator that computes `dX = dY f'(X)`.
  package static var derivativeOperator: any Operator.Type { UnaryDerivative<Self>.self }
}

/// The derivative of an element-wise operator: `dX = dY f'(X)`, from `dY`, `X` and `Y`.
package struct UnaryDerivative<Function: UnaryOperator>: Operator {
  /// The name of `f` followed by `Derivative`.
  package static var name: OperatorName { .own(Function.name.type + "Derivative") }

  /// Each output element depends on a single position of the inputs.
  package static var isElementwise: Bool { true }

  /// The function, of the type of `dY` and with the parameters of the node.
  package let function: Function

  /// Reads the parameters of `f`, which the node repeats.
  package init(_ call: Invocation) throws(EspalierError) {
    _ = try call.floatInput(0)
    function = try Function(call)
  }

  /// The type of `dY`.
  package var outputs: [TensorType] { [function.input] }
}

extension Invocation {
  /// The type of the input at `position`, which must be present and numeric.
  func numericInput(_ position: Int) throws(EspalierError) -> TensorType {
    let type = try input(position)
    try checkNumeric(type.elementType)
    return type
  }
}
