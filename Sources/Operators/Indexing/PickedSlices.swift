import EspalierFiles
import EspalierTensors

/// Slices of a tensor, addressed by tuples of indices: the last axis of the indices is a tuple, which points along the
/// first axes of the tensor after those of the batch.
package struct PickedSlices: Hashable, Sendable {
  /// The shape of the tensor.
  package let whole: Shape
  /// The number of leading axes common to the tensor and the indices.
  package let batch: Int
  /// The number of axes that a tuple points along.
  package let depth: Int
  /// The shape of the indices.
  package let indices: Shape
  /// The shape of all slices together: that of the tuples' positions, followed by that of a slice.
  package let shape: Shape
  private let areStored: Bool

  /// The slices that a node addresses with its second input, indices into a tensor of shape `whole` whose first `batch`
  /// axes are common to both.
  ///
  /// - Throws: `EspalierError` if a tuple is longer than the tensor's rank, or the batch axes differ.
  init(_ call: Invocation, _ whole: Shape, batch: Int = 0) throws(EspalierError) {
    let indices = try call.indices(at: 1).shape
    guard let depth = indices.last, batch >= 0, batch < indices.rank, depth > 0, batch + depth <= whole.rank,
      whole[..<batch].elementsEqual(indices[..<batch])
    else { throw call.error("indices of \(indices) do not fit \(whole)") }
    try call.checkIndices(at: 1) { whole[batch + $0 % depth] }
    (self.whole, self.batch, self.depth, self.indices) = (whole, batch, depth, indices)
    shape = Shape(indices.dropLast() + whole[(batch + depth)...])
    areStored = call.constants[1] != nil
  }

  /// The number of elements of a slice.
  package var size: Int { whole[(batch + depth)...].reduce(1, *) }

  /// Indexed axes are frozen. The axes of the tuples' positions are tied to those of the slices and, within the batch,
  /// of the tensor; the axes of a slice to those of the tensor. `slices` is the port of the slices, `tensors` are those
  /// of the whole shape. Stored indices freeze their axes.
  func rule(slices: Port, tensors: [Port], _ reason: String) -> AxisRule {
    var rule = AxisRule(frozen: [FrozenAxis(PortAxis(.input(1), indices.rank - 1), "takes tuples of it")])
    for axis in 0..<indices.rank - 1 {
      let places = [PortAxis(.input(1), axis)] + (axis < batch ? tensors.map { PortAxis($0, axis) } : [])
      if areStored {
        rule.frozen += (places + [PortAxis(slices, axis)]).map { FrozenAxis($0, "states the indices of its elements") }
      } else {
        rule.ties += places.map { AxisTie($0, PortAxis(slices, axis)) }
      }
    }
    for axis in batch..<whole.rank {
      if axis < batch + depth {
        rule.frozen += tensors.map { FrozenAxis(PortAxis($0, axis), reason) }
      } else {
        let inner = PortAxis(slices, axis - batch - depth + indices.rank - 1)
        rule.ties += tensors.map { AxisTie(inner, PortAxis($0, axis)) }
      }
    }
    return rule
  }
}
