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
  /// Each element on its own.
  package static var isElementwise: Bool { true }

  /// The shape all operands broadcast to, of their type.
  package var outputs: [TensorType] { [TensorType(broadcast.shape, elementType)] }

  /// Axes that are not repeated go with those of the output; computed operands are branches that meet.
  package var axes: AxisRule? { broadcast.axes }
}
