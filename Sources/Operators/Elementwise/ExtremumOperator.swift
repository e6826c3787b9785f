import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The maximum or the minimum of any number of tensors.
package protocol ExtremumOperator: VariadicOperator {}

extension ExtremumOperator {
  /// The gradient goes to the extreme operand, in equal parts if there are several, summed over the axes that were
  /// broadcast.
  package func differentiate(_ gradients: inout GradientBuilder) {
    let operands = gradients.node.node.inputs
    for position in operands.indices where gradients.wants(position) {
      let share = gradients.add(
        ExtremumDerivative.name, [gradients.outputGradient, gradients.output] + operands,
        ["operand": .int(Int64(position))])
      gradients.set(gradients.sumOverRepeats(share, ofInput: position), forInput: position)
    }
  }
}

/// The derivative of ``ExtremumOperator`` with respect to the operand numbered by the attribute `operand`: `dY / n`
/// where that operand equals `Y`, with `n` the number of operands that do, else 0. Inputs `dY`, `Y` and the operands.
package struct ExtremumDerivative: Operator {
  /// `espalier::ExtremumDerivative`.
  package static let name: OperatorName = .own("ExtremumDerivative")

  /// Each output element depends on a single position of the inputs.
  package static var isElementwise: Bool { true }

  /// The position of the operand among the inputs.
  package let chosen: Int
  private let type: TensorType

  /// Reads the number of the operand.
  package init(_ call: Invocation) throws(EspalierError) {
    type = try call.floatInput(0)
    chosen = try call.int("operand", default: 0) + 2
    guard (2..<max(call.inputs.count, 2)).contains(chosen), try Broadcast(call).shape == type.shape else {
      throw call.error("lacks its operands")
    }
  }

  /// The type of `dY`.
  package var outputs: [TensorType] { [type] }
}
