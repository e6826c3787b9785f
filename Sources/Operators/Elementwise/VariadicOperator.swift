import EspalierFiles
import EspalierGraph
import EspalierTensors

/// An operator that combines any number of tensors of one type element by element, broadcast to each other:
/// `Y = f(.. f(f(X0, X1), X2) ..)`.
package protocol VariadicOperator: DifferentiableOperator {
  /// The operands.
  var broadcast: Broadcast { get }

  /// The type of the elements of operands and output.
  var elementType: ElementType { get }
}

extension VariadicOperator {
  /// Each output element depends on a single position of the inputs.
  package static var isElementwise: Bool { true }

  /// The shape to which all operands broadcast, with their element type.
  package var outputs: [TensorType] { [TensorType(broadcast.shape, elementType)] }

  /// Axes that are not broadcast are tied to those of the output; computed operands are branches that meet.
  package var axes: AxisRule? { broadcast.axes }
}
