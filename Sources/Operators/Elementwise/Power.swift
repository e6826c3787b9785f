import EspalierFiles
import EspalierGraph
import EspalierTensors

/// A function of a base and an exponent, broadcast to each other; the result has the type of the base.
package protocol PowerOperator: Operator {
  /// The base and the exponent.
  var broadcast: Broadcast { get }

  /// The type of the elements of the base.
  var base: ElementType { get }
}

extension PowerOperator {
  /// Each output element depends on a single position of the inputs.
  package static var isElementwise: Bool { true }

  /// The shape to which both operands broadcast, with the element type of the base.
  package var outputs: [TensorType] { [TensorType(broadcast.shape, base)] }

  /// Axes that are not broadcast are tied to those of the output.
  package var axes: AxisRule? { broadcast.axes }
}

/// The power: `Y = A^B` element by element, broadcast; `Y` has the type of `A`, `B` any numeric type.
package struct Power: PowerOperator, DifferentiableOperator {
  /// `Pow`.
  package static let name: OperatorName = "Pow"

  /// The base and the exponent.
  package let broadcast: Broadcast
  /// The type of the elements of the base.
  package let base: ElementType

  /// Reads the base and the exponent.
  package init(_ call: Invocation) throws(EspalierError) {
    (broadcast, base) = try call.powerOperands()
  }

  /// `dA = dY B A^(B - 1)`, `dB = dY Y log(A)`, each summed over the axes that were broadcast.
  package func differentiate(_ gradients: inout GradientBuilder) {
    let dY = gradients.outputGradient
    if gradients.wants(0) {
      let slope = gradients.add(PowerDerivative.name, [gradients.input(0), gradients.input(1)])
      let product = gradients.add(Multiply.name, [dY, slope])
      gradients.set(gradients.sumOverRepeats(product, ofInput: 0), forInput: 0)
    }
    if gradients.wants(1) {
      let logarithm = gradients.add(Logarithm.name, [gradients.input(0)])
      let slope = gradients.add(Multiply.name, [gradients.output, logarithm])
      let product = gradients.add(Multiply.name, [dY, slope])
      gradients.set(gradients.sumOverRepeats(product, ofInput: 1), forInput: 1)
    }
  }
}

/// The derivative of a power with respect to its base: `B A^(B - 1)`.
package struct PowerDerivative: PowerOperator {
  /// `espalier::PowDerivative`.
  package static let name: OperatorName = .own("PowDerivative")

  /// The base and the exponent.
  package let broadcast: Broadcast
  /// The type of the elements of the base.
  package let base: ElementType

  /// Reads the base and the exponent.
  package init(_ call: Invocation) throws(EspalierError) {
    (broadcast, base) = try call.powerOperands()
  }
}

extension Invocation {
  /// A base and an exponent of numeric types that broadcast to each other, and the type of the base.
  fileprivate func powerOperands() throws(EspalierError) -> (Broadcast, ElementType) {
    let base = try input(0).elementType
    try checkNumeric(base)
    try checkNumeric(try input(1).elementType)
    return (try Broadcast(self), base)
  }
}
