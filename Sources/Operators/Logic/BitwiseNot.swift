import EspalierFiles
import EspalierGraph
import EspalierTensors

/// Whole numbers with every bit inverted.
package struct BitwiseNot: Operator {
  /// `BitwiseNot`.
  package static let name: OperatorName = "BitwiseNot"

  /// Each output element depends on a single position of the input.
  package static var isElementwise: Bool { true }

  /// The type of the input.
  package let input: TensorType

  /// Reads the input, which must be whole numbers.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.numericInput(0)
    guard !input.elementType.isFloatingPoint else {
      throw call.error("takes the bits of whole numbers, not of \(input.elementType)")
    }
  }

  /// The input's type.
  package var outputs: [TensorType] { [input] }

  /// Every axis is tied to the same axis of the output.
  package var axes: AxisRule? { .identity(rank: input.shape.rank) }
}
