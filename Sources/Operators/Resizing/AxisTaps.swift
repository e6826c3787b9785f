/// The interpolation along a resized axis: each element is a weighted sum of the same number of input elements, or a
/// constant outside of the input.
package struct AxisTaps: Hashable, Sendable {
  /// The size of the input axis.
  package let size: Int
  /// The size of the resized axis.
  package let count: Int
  /// The number of taps of each element.
  package let width: Int
  /// The input indices: the first tap of each element, then the second of each, and so on.
  package let places: [Int]
  /// The weights of the taps, in the same order.
  package let weights: [Float]
  /// The elements that are the constant; their weights are 0.
  package let outside: [Int]

  /// Taps given explicitly; `nil` if they are inconsistent or out of range.
  init?(size: Int, count: Int, places: [Int], weights: [Float], outside: [Int] = []) {
    guard count > 0, !places.isEmpty, places.count == weights.count, places.count % count == 0,
      places.allSatisfy((0..<size).contains)
    else { return nil }
    self.size = size
    self.count = count
    self.width = places.count / count
    self.places = places
    self.weights = weights
    self.outside = outside
  }

  /// An axis that is not resized.
  package init(keeping size: Int) {
    self.size = size
    count = size
    width = 1
    places = Array(0..<size)
    weights = Array(repeating: 1, count: size)
    outside = []
  }

  /// Whether the axis is not resized.
  package var isIdentity: Bool {
    size == count && width == 1 && outside.isEmpty && places.elementsEqual(0..<size)
      && weights.allSatisfy { $0 == 1 }
  }

  /// The taps of the element `place`, and their weights.
  package func parts(of place: Int) -> [(element: Int, weight: Float)] {
    (0..<width).map { (places[$0 * count + place], weights[$0 * count + place]) }
  }
}
