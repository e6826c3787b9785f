import EspalierFiles
import EspalierTensors

/// Single elements of a tensor, addressed by a tensor of indices: each has the coordinates of its index, except along
/// one axis, where the index replaces the coordinate.
package struct PickedElements: Hashable, Sendable {
  /// The shape of the tensor.
  package let tensor: Shape
  /// The axis that the indices point along.
  package let axis: Int
  /// The shape of the indices.
  package let indices: Shape

  /// The elements that a node addresses with its second input, indices along the attribute `axis` into a tensor of
  /// shape `tensor`.
  ///
  /// - Throws: `EspalierError` if the indices differ from the tensor in rank, or exceed it along another axis.
  init(_ call: Invocation, _ tensor: Shape) throws(EspalierError) {
    let asked = try call.int("axis", default: 0)
    guard let axis = tensor.resolve(axis: asked) else {
      throw call.error("axis \(asked) does not exist in \(tensor)")
    }
    let indices = try call.indices(at: 1).shape
    guard indices.rank == tensor.rank,
      tensor.indices.allSatisfy({ $0 == axis || indices[$0] <= tensor[$0] })
    else { throw call.error("indices of \(indices) do not fit \(tensor)") }
    try call.checkIndices(at: 1) { _ in tensor[axis] }
    (self.tensor, self.axis, self.indices) = (tensor, axis, indices)
  }

  /// The indexed axis is frozen; every other axis of the values `picked` is tied to that of the tensor, of the indices
  /// and of the ports `tied`.
  func rule(picked: Port, tied: [Port], _ reason: String) -> AxisRule {
    var rule = AxisRule()
    for other in tensor.indices {
      if other == axis {
        rule.frozen += ([picked, .input(1)] + tied).map { FrozenAxis(PortAxis($0, other), reason) }
      } else {
        rule.ties += ([.input(1)] + tied).map { AxisTie(PortAxis(picked, other), PortAxis($0, other)) }
      }
    }
    return rule
  }
}
