import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The indices of all elements that are not 0, one element per column: `Y[a, n]` is the index along axis `a` of the
/// n-th.
///
/// Their number determines the output's shape, so the input must be known before the network runs.
package struct NonZero: ChoosingOperator {
  /// `NonZero`.
  package static let name: OperatorName = "NonZero"

  /// The input: how many elements the output has follows from it.
  package static var inputsKnownBeforehand: [Int] { [0] }

  /// The shape of the input.
  package let input: Shape
  /// The row-major indices of the elements that are not 0.
  package let places: [Int]

  /// Finds the nonzero elements of the input.
  package init(_ call: Invocation) throws(EspalierError) {
    let tensor = try call.knownInput(0)
    input = tensor.shape
    if tensor.elementType == .bool {
      places = tensor.elements(as: Bool.self).enumerated().filter { $0.element }.map { $0.offset }
    } else if let elements = tensor.doubles() {
      places = elements.enumerated().filter { $0.element != 0 }.map { $0.offset }
    } else {
      throw call.error("cannot compute with \(tensor.elementType)")
    }
  }

  /// One row per axis, and one column per element.
  package var outputs: [TensorType] { [TensorType([input.rank, places.count], .int64)] }

  /// All axes are frozen.
  package var axes: AxisRule? {
    AxisRule(frozen: (0..<2).map { FrozenAxis(PortAxis(.output(0), $0), "states its elements") })
  }
}
