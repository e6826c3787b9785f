import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The derivative of ``Pad``: zeros of the attribute `shape`, to which each element of the input is added at the index
/// that the attributes `places0`, `places1`, ... give for its axes; elements with an index of -1 are dropped.
package struct PadDerivative: Operator {
  /// `espalier::PadDerivative`.
  package static let name: OperatorName = .own("PadDerivative")

  /// The shape that the attribute states.
  package let outputs: [TensorType]
  /// For each axis, the output index of each input index; -1 for none.
  package let sources: [[Int]]

  /// Reads `shape` and the indices along each of its axes.
  package init(_ call: Invocation) throws(EspalierError) {
    let input = try call.floatInput(0).shape
    guard let sizes = try call.ints("shape"), let shape = Shape(checking: sizes), shape.rank == input.rank else {
      throw call.error("has no shape to add to")
    }
    var sources: [[Int]] = []
    for axis in shape.indices {
      guard let places = try call.ints("places\(axis)"), places.count == input[axis],
        places.allSatisfy({ (-1..<shape[axis]).contains($0) })
      else { throw call.error("cannot add \(input) to \(shape)") }
      sources.append(places)
    }
    self.sources = sources
    outputs = [TensorType(shape)]
  }
}
