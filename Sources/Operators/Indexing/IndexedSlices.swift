import EspalierTensors

/// The slices of a tensor along an axis, found by index.
package struct IndexedSlices: Hashable, Sendable {
  /// How many places there are before the axis.
  package let outer: Int
  /// How many slices there are.
  package let size: Int
  /// How many elements a slice has at each place before the axis.
  package let inner: Int

  /// The slices of a tensor of `shape`.
  package init(_ shape: Shape, axis: Int) {
    outer = shape[..<axis].reduce(1, *)
    size = shape[axis]
    inner = shape[(axis + 1)...].reduce(1, *)
  }
}
