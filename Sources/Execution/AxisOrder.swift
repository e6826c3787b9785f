import EspalierTensors

/// The memory order of a value's elements. Shapes and axis numbers do not depend on it.
package enum AxisOrder: Hashable, Sendable {
  /// Row-major: the last axis is the innermost.
  case plain
  /// Axis 1 is the innermost, the others row-major: `N x C x H x W` is stored as `N x H x W x C`.
  ///
  /// Convolutions are fastest in this order, in which the channels of a position are contiguous.
  case channelsLast

  /// Whether the order of a value of `shape` makes a difference: it does not with one channel, one position or no
  /// spatial axes.
  package static func matters(for shape: Shape) -> Bool {
    (3...5).contains(shape.rank) && shape[1] > 1 && shape.dropFirst(2).reduce(1, *) > 1 && shape[0] > 0
  }

  /// The axes of a value of `rank` axes from the outermost to the innermost.
  package func axes(rank: Int) -> [Int] {
    guard self == .channelsLast, rank > 2 else { return Array(0..<rank) }
    return [0] + Array(2..<rank) + [1]
  }

  /// The sizes of `shape` from the outermost axis to the innermost.
  package func sizes(of shape: Shape) -> Shape {
    Shape(axes(rank: shape.rank).map { shape[$0] })
  }

  /// The stride of each axis of `shape`, in elements.
  package func strides(of shape: Shape) -> [Int] {
    var strides = [Int](repeating: 1, count: shape.rank)
    var stride = 1
    for axis in axes(rank: shape.rank).reversed() {
      strides[axis] = stride
      stride *= shape[axis]
    }
    return strides
  }
}
