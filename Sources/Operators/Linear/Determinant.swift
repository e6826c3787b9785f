import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The determinants of square matrices, the last two axes of the input.
package struct Determinant: Operator {
  /// `Det`.
  package static let name: OperatorName = "Det"

  /// The shape of the input.
  package let input: Shape

  /// Reads the input.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0).shape
    guard input.rank >= 2, input[input.rank - 1] == input[input.rank - 2] else {
      throw call.error("takes square matrices, not \(input)")
    }
  }

  /// One number for each matrix.
  package var outputs: [TensorType] { [TensorType(Shape(Array(input.dropLast(2))))] }

  /// The matrices are frozen, the leading axes tied to those of the output.
  package var axes: AxisRule? {
    var rule = AxisRule.identity(rank: input.rank - 2)
    rule.frozen = [input.rank - 2, input.rank - 1].map { FrozenAxis(PortAxis(.input(0), $0), "takes determinants") }
    return rule
  }
}
