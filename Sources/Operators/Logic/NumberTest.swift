import EspalierFiles
import EspalierGraph
import EspalierTensors

/// An operator that tests each floating point number: truth values of the input's shape.
package protocol NumberTest: Operator {
  /// The type of the input.
  var input: TensorType { get }
}

extension NumberTest {
  /// Each output element depends on a single position of the inputs.
  package static var isElementwise: Bool { true }

  /// Truth values of the input's shape.
  package var outputs: [TensorType] { [TensorType(input.shape, .bool)] }

  /// Every axis is tied to the same axis of the output.
  package var axes: AxisRule? { .identity(rank: input.shape.rank) }
}

extension Invocation {
  /// The type of the first input, which must hold floating point numbers.
  func testedInput() throws(EspalierError) -> TensorType {
    let type = try input(0)
    guard type.elementType == .float32 || type.elementType == .float64 else {
      throw error("cannot ask it of \(type.elementType)")
    }
    return type
  }
}
