import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The negation of truth values, element by element.
package struct Not: Operator {
  /// `Not`.
  package static let name: OperatorName = "Not"

  /// Each output element depends on a single position of the inputs.
  package static var isElementwise: Bool { true }

  private let input: TensorType

  /// Reads the input, which must hold truth values.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.truthInput(0)
  }

  /// The input's type.
  package var outputs: [TensorType] { [input] }

  /// Every axis is tied to the same axis of the output.
  package var axes: AxisRule? { .identity(rank: input.shape.rank) }
}
