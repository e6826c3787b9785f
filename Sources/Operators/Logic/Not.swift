import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The other truth value, element by element.
package struct Not: Operator {
  /// `Not`.
  package static let name: OperatorName = "Not"

  /// Each element on its own.
  package static var isElementwise: Bool { true }

  private let input: TensorType

  /// Reads the input, which must hold truth values.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.truthInput(0)
  }

  /// The input's type.
  package var outputs: [TensorType] { [input] }

  /// Each axis goes with itself.
  package var axes: AxisRule? { .identity(rank: input.shape.rank) }
}
