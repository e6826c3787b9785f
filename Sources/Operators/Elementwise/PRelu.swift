import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The rectifier with a learned slope: `Y = X` where `X >= 0`, else `S X`, with the slope `S` broadcast to `X`.
package struct PRelu: BinaryOperator, DifferentiableOperator {
  /// `PRelu`.
  package static let name: OperatorName = "PRelu"

  /// The slopes.
  package static var parameterInputs: ParameterInputs { .at(1..<2) }

  /// `X` and the slopes.
  package let broadcast: Broadcast
  /// The type of the elements.
  package let elementType: ElementType

  /// Reads `X` and the slopes, which must be broadcast to it.
  package init(_ call: Invocation) throws(EspalierError) {
    let (x, slope) = (try call.input(0).shape, try call.input(1).shape)
    broadcast = try Broadcast(call)
    guard broadcast.shape == x else { throw call.error("slopes of shape \(slope) do not fit \(x)") }
    elementType = try call.numericElementType()
  }

  /// `dX = dY`, or `S dY` where `X <= 0`; `dS = dY min(X, 0)`, summed over the axes that were broadcast.
  package func differentiate(_ gradients: inout GradientBuilder) {
    let dY = gradients.outputGradient
    if gradients.wants(0) {
      let slope = gradients.add(PReluDerivative.name, [gradients.input(0), gradients.input(1)])
      gradients.set(gradients.add(Multiply.name, [dY, slope]), forInput: 0)
    }
    if gradients.wants(1) {
      let opposite = gradients.add(Relu.name, [gradients.add(Negate.name, [gradients.input(0)])])
      let product = gradients.add(Multiply.name, [dY, gradients.add(Negate.name, [opposite])])
      gradients.set(gradients.sumOverRepeats(product, ofInput: 1), forInput: 1)
    }
  }
}

/// The slope of ``PRelu`` at each element: 1, or `S` where `X <= 0`.
package struct PReluDerivative: BinaryOperator {
  /// `espalier::PReluDerivative`.
  package static let name: OperatorName = .own("PReluDerivative")

  /// `X` and the slopes.
  package let broadcast: Broadcast
  /// The type of the elements.
  package let elementType: ElementType

  /// Reads the operands.
  package init(_ call: Invocation) throws(EspalierError) {
    (broadcast, elementType) = try call.binaryOperands()
  }
}
