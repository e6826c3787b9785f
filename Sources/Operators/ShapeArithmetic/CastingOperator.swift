import EspalierGraph
import EspalierTensors

/// An operator that converts the elements of its first input to another type.
package protocol CastingOperator: DifferentiableOperator {
  /// The type of the input.
  var input: TensorType { get }

  /// The type of the output's elements.
  var target: ElementType { get }

  /// The type of half precision to which numbers are rounded, if any.
  var rounding: ElementType? { get }

  /// Whether numbers beyond the range of a floating point type of eight bits become its largest, rather than infinity
  /// or not a number.
  var saturates: Bool { get }
}

extension CastingOperator {
  /// The input's shape, with the other element type.
  package var outputs: [TensorType] { [TensorType(input.shape, target)] }

  /// Every axis is tied to the same axis of the output.
  package var axes: AxisRule? { .identity(rank: input.shape.rank) }

  /// The gradient, if the types are equal; otherwise there is none.
  package func differentiate(_ gradients: inout GradientBuilder) {
    guard gradients.wants(0) else { return }
    guard input.elementType == .float32, target == .float32 else {
      return gradients.refuse("has no derivative", remedy: "train only what comes after it")
    }
    gradients.set(gradients.outputGradient, forInput: 0)
  }
}
