/// The sizes of a tensor's axes, outermost first; elements are always in row-major order.
package struct Shape: Hashable, Sendable, RandomAccessCollection, ExpressibleByArrayLiteral, CustomStringConvertible {
  /// The size of each axis.
  package var sizes: [Int]

  /// A shape with these axis sizes, all of them at least 0.
  package init(_ sizes: [Int]) {
    precondition(sizes.allSatisfy { $0 >= 0 }, "negative axis size in \(sizes)")
    self.sizes = sizes
  }

  /// A shape from a literal: `[32, 784]`.
  package init(arrayLiteral sizes: Int...) {
    self.init(sizes)
  }

  /// The shape of untrusted `sizes`; `nil` if one is negative or their product overflows `Int`.
  package init?(checking sizes: [Int]) {
    guard sizes.allSatisfy({ $0 >= 0 }) else { return nil }
    var product = 1
    for size in sizes where size > 0 {
      let (next, overflow) = product.multipliedReportingOverflow(by: size)
      guard !overflow, next <= Int.max / 16 else { return nil }
      product = next
    }
    self.init(sizes)
  }

  /// The number of axes.
  package var rank: Int { sizes.count }

  /// The number of elements: the product of the sizes, 1 for a scalar; `Int.max` for more than an `Int` holds, as in
  /// types that are refused because of their size.
  package var elementCount: Int { Int.limitedProduct(sizes) }

  /// The distance, in elements, between neighbours along each axis, with the same limit.
  package var strides: [Int] {
    var strides = [Int](repeating: 1, count: rank)
    for axis in sizes.indices.dropLast().reversed() {
      strides[axis] = Int.limitedProduct(strides[axis + 1], sizes[axis + 1])
    }
    return strides
  }

  /// The position of the first axis.
  package var startIndex: Int { 0 }
  /// One past the last axis.
  package var endIndex: Int { sizes.count }
  /// The size of the axis at `axis`.
  package subscript(axis: Int) -> Int {
    get { sizes[axis] }
    set { sizes[axis] = newValue }
  }

  /// The axis that `axis` denotes if negative numbers count from the end; `nil` if there is none.
  package func resolve(axis: Int) -> Int? {
    let resolved = axis < 0 ? axis + rank : axis
    return sizes.indices.contains(resolved) ? resolved : nil
  }

  /// The same shape with another size for one axis.
  package func replacing(axis: Int, with size: Int) -> Shape {
    var copy = self
    copy[axis] = size
    return copy
  }

  /// The shape as `32 x 784`; `scalar` for no axes.
  package var description: String {
    sizes.isEmpty ? "scalar" : sizes.map(String.init).joined(separator: " x ")
  }
}
