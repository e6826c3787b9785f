import EspalierTensors

/// The slices of a tensor along an axis, addressed by index.
package struct IndexedSlices: Hashable, Sendable {
  /// The number of positions before the axis.
  package let outer: Int
  /// The number of slices.
  package let size: Int
  /// The number of elements of a slice at each position before the axis.
  package let inner: Int

  /// The slices of a tensor of `shape`.
  package init(_ shape: Shape, axis: Int) {
    outer = shape[..<axis].reduce(1, *)
    size = shape[axis]
    inner = shape[(axis + 1)...].reduce(1, *)
  }
}
