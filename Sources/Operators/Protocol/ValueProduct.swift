/// A product of matrices that the network computes, as of queries with keys: `output[.., i, j] = sum over c of
/// left[.., i, c] right[.., c, j]`.
package struct ValueProduct: Hashable, Sendable {
  /// The last axis of the left matrices.
  package var left: PortAxis
  /// The last axis but one of the right ones.
  package var right: PortAxis

  /// A sum over `left` and `right`.
  package init(left: PortAxis, right: PortAxis) {
    self.left = left
    self.right = right
  }
}
