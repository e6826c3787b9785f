import EspalierFiles
import EspalierGraph
import EspalierTensors

/// `X` where the condition is true, else `Y`, element by element, with all three broadcast to each other.
package struct Where: DifferentiableOperator {
  /// `Where`.
  package static let name: OperatorName = "Where"

  /// Each output element depends on a single position of the inputs.
  package static var isElementwise: Bool { true }

  /// The number of bytes of an element.
  package let elementWidth: Int
  private let broadcast: Broadcast
  private let elementType: ElementType
  private let couplesBranches: Bool

  /// Reads the condition and the two alternatives.
  package init(_ call: Invocation) throws(EspalierError) {
    _ = try call.truthInput(0)
    let (x, y) = (try call.input(1).elementType, try call.input(2).elementType)
    guard x == y else { throw call.error("chooses between \(x) and \(y)") }
    elementType = x
    broadcast = try Broadcast(call)
    couplesBranches = call.constants[1] == nil && call.constants[2] == nil
    elementWidth = try call.elementWidth(ofInput: 1)
    guard [1, 2, 4, 8].contains(elementWidth) else { throw call.error("cannot choose between elements of \(x)") }
  }

  /// The shape to which all three broadcast.
  package var outputs: [TensorType] { [TensorType(broadcast.shape, elementType)] }

  /// Axes that are not broadcast are tied to those of the output; two computed operands are two branches that meet.
  package var axes: AxisRule? {
    var rule = broadcast.axes
    rule.couplesBranches = couplesBranches
    return rule
  }

  /// The gradient where the operand was chosen, zeros elsewhere.
  package func differentiate(_ gradients: inout GradientBuilder) {
    for position in 1...2 where gradients.wants(position) {
      let chosen = position == 1 ? gradients.input(0) : gradients.add(Not.name, [gradients.input(0)])
      let mask = gradients.add(Cast.name, [chosen], ["to": .int(1)])
      let product = gradients.add(Multiply.name, [gradients.outputGradient, mask])
      gradients.set(gradients.sumOverRepeats(product, ofInput: position), forInput: position)
    }
  }
}
