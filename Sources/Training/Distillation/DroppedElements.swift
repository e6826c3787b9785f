import EspalierOperators
import EspalierTensors

/// The elements of a large network's values that the small one lacks: which channels of a residual stream were removed.
package struct DroppedElements: Hashable, Sendable {
  private var axes: [String: [Int: Set<Int>]] = [:]

  /// No elements.
  package init() {}

  /// Notes that the small network lacks `elements` of the axis `axis` of `value`.
  package mutating func insert(_ elements: Set<Int>, of value: String, axis: Int) {
    axes[value, default: [:]][axis, default: []].formUnion(elements)
  }

  /// The part of `type`, that of `value` in the large network, which the small one computes.
  package func left(of value: String, _ type: TensorType) -> TensorType {
    let dropped = axes[value] ?? [:]
    let sizes = type.shape.enumerated().map { axis, size in size - (dropped[axis]?.count { $0 < size } ?? 0) }
    return TensorType(Shape(sizes), type.elementType)
  }

  /// The part of `tensor`, `value` as the large network computes it, which the small one computes.
  package func left(of value: String, _ tensor: Tensor) -> Tensor {
    (axes[value] ?? [:]).sorted { $0.key < $1.key }.reduce(tensor) { rest, entry in
      let (axis, dropped) = entry
      return rest.taking((0..<rest.shape[axis]).filter { !dropped.contains($0) }, along: axis)
    }
  }
}
