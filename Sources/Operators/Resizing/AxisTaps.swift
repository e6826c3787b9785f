/// How each place along a resized axis is put together: a weighted sum of some places of the axis it comes from, as
/// many for each, or the constant that stands outside of it.
package struct AxisTaps: Hashable, Sendable {
  /// How many elements the axis has that is read.
  package let size: Int
  /// How many places there are along the resized axis.
  package let count: Int
  /// How many elements are added up for each place.
  package let width: Int
  /// The elements that are read: the first of each place, then the second of each, and so on.
  package let places: [Int]
  /// The factors of those elements, in the same order.
  package let weights: [Float]
  /// Places where a constant stands instead; their weights are 0.
  package let outside: [Int]

  /// Taps that are known already: `nil` where they do not fit, or read what is not there.
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

  /// An axis that stays as it is.
  package init(keeping size: Int) {
    self.size = size
    count = size
    width = 1
    places = Array(0..<size)
    weights = Array(repeating: 1, count: size)
    outside = []
  }

  /// Whether the axis stays as it is.
  package var isIdentity: Bool { self == AxisTaps(keeping: size) }

  /// The elements that are added up for the place `place`, and their factors.
  package func parts(of place: Int) -> [(element: Int, weight: Float)] {
    (0..<width).map { (places[$0 * count + place], weights[$0 * count + place]) }
  }
}
