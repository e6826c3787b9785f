import EspalierFiles
import EspalierGraph
import EspalierTensors

/// A matrix of the shape of the input with ones on the diagonal `k` of the attribute, which is 0 for the main one and
/// positive above it, and zeros elsewhere.
package struct EyeLike: Operator {
  /// `EyeLike`.
  package static let name: OperatorName = "EyeLike"

  /// The matrix.
  package let outputs: [TensorType]
  /// The diagonal.
  package let diagonal: Int

  /// Reads `k` and `dtype` (the input's type by default).
  package init(_ call: Invocation) throws(EspalierError) {
    let input = try call.input(0)
    guard input.shape.rank == 2 else { throw call.error("makes a matrix, not \(input.shape)") }
    diagonal = try call.int("k", default: 0)
    let code = try call.int("dtype", default: 0)
    guard let type = code == 0 ? input.elementType : Cast.type(code)?.target else {
      throw call.error("cannot make ones of the type that ONNX gives the number \(code)")
    }
    if type != .bool { try call.checkNumeric(type) }
    outputs = [TensorType(input.shape, type)]
  }

  /// The matrix is frozen.
  package var axes: AxisRule? {
    AxisRule(frozen: (0..<2).map { FrozenAxis(PortAxis(.output(0), $0), "states its elements") })
  }
}
