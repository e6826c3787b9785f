import EspalierFiles
import EspalierTensors

/// Slices of a tensor that tuples of indices name: the last axis of the indices is a tuple, which points along the
/// first axes of the tensor behind those of the batch.
package struct PickedSlices: Hashable, Sendable {
  /// The shape of the tensor.
  package let whole: Shape
  /// How many axes of the tensor and of the indices go side by side.
  package let batch: Int
  /// How many axes a tuple points along.
  package let depth: Int
  /// The shape of the indices.
  package let indices: Shape
  /// The shape of all slices together: the places of the tuples, then the axes of a slice.
  package let shape: Shape
  private let areStored: Bool

  /// The slices that a node asks for, whose second input are indices into a tensor of shape `whole` whose first axes
  /// are a `batch`.
  ///
  /// - Throws: `EspalierError` if a tuple is longer than the tensor has axes, or a batch has other sizes.
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

  /// Elements of a slice.
  package var size: Int { whole[(batch + depth)...].reduce(1, *) }

  /// Indexed axes stay whole. A place of the tuples goes with the same of the slices and, within the batch, of the
  /// tensor; an axis of a slice with the same of the tensor. `slices` names where the slices lie, `tensors` where
  /// tensors of the whole shape do. Indices that are stored hold their axes.
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
