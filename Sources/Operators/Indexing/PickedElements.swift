import EspalierFiles
import EspalierTensors

/// Single elements of a tensor that a tensor of indices names: at each place of the indices, the element at the same
/// place but for one axis, where the index says.
package struct PickedElements: Hashable, Sendable {
  /// The shape of the tensor.
  package let tensor: Shape
  /// The axis that the indices point along.
  package let axis: Int
  /// The shape of the indices.
  package let indices: Shape
  private let areStored: Bool

  /// The elements that a node asks for, whose second input are indices along the attribute `axis` into a tensor of the
  /// shape `tensor`.
  ///
  /// - Throws: `EspalierError` if the indices have other axes than the tensor, or more places.
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
    areStored = call.constants[1] != nil
  }

  /// The indexed axis stays whole; an element of any other axis of `picked` values goes with the same of the tensor, of
  /// the indices and of what else `tied` names. Indices that are stored hold all axes.
  func rule(picked: Port, tied: [Port], _ reason: String) -> AxisRule {
    var rule = AxisRule()
    for other in tensor.indices {
      if other == axis || areStored {
        let why = other == axis ? reason : "states the indices of its elements"
        rule.frozen += ([picked, .input(1)] + tied).map { FrozenAxis(PortAxis($0, other), why) }
      } else {
        rule.ties += ([.input(1)] + tied).map { AxisTie(PortAxis(picked, other), PortAxis($0, other)) }
      }
    }
    return rule
  }
}
