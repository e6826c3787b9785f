import Foundation

/// The error at the network's outputs against the number of units of one group, from a few measured sizes.
///
/// Between two sizes the error is interpolated geometrically, towards zero as the square of what is dropped. Measured
/// errors are made monotone first (isotonic regression by pooling adjacent violators: R. Barlow et al., 1972), and the
/// curve is the lower convex hull of the interpolation, so that the units dropped first cost least.
package struct SizeErrorCurve: Hashable, Sendable {
  /// The smallest number of units that the curve knows.
  package let smallest: Int
  /// The error at ``smallest`` units, at one more, and so on; the last is of the whole group.
  private let errors: [Double]

  /// The curve of a group of `size` units through `points`; the whole group has no error.
  ///
  /// Complexity: O(size + points log points).
  package init(size: Int, points: [(count: Int, error: Double)]) {
    let known = Dictionary(points.filter { $0.count < size && $0.error.isFinite }.map { ($0.count, $0.error) }) { $1 }
    let sorted = known.sorted { $0.key < $1.key }
    let counts = sorted.map(\.key) + [size]
    let monotone = Self.nonincreasing(sorted.map { max($0.value, 0) }) + [0]
    var values = [monotone[0]]
    for index in 1..<counts.count {
      let (first, last) = (counts[index - 1], counts[index])
      for count in first + 1...last {
        let place = Double(last - count) / Double(last - first)
        values.append(Self.between(monotone[index], monotone[index - 1], at: place))
      }
    }
    smallest = counts[0]
    errors = Self.lowerHull(values)
  }

  /// The error with `count` units; below ``smallest`` that of the smallest, which is a lower bound.
  package subscript(_ count: Int) -> Double { errors[min(max(count - smallest, 0), errors.count - 1)] }

  /// The error between two sizes, `place` from 0 at `low` to 1 at `high`.
  private static func between(_ low: Double, _ high: Double, at place: Double) -> Double {
    low > 0 ? low * pow(high / low, place) : high * place * place
  }

  /// The nonincreasing sequence nearest to `values`, all of the same weight.
  private static func nonincreasing(_ values: [Double]) -> [Double] {
    var blocks: [(sum: Double, count: Int)] = []
    for value in values {
      blocks.append((value, 1))
      while let last = blocks.last, let other = blocks.dropLast().last,
        other.sum / Double(other.count) < last.sum / Double(last.count)
      {
        blocks.removeLast(2)
        blocks.append((other.sum + last.sum, other.count + last.count))
      }
    }
    return blocks.flatMap { Array(repeating: $0.sum / Double($0.count), count: $0.count) }
  }

  /// The largest convex sequence below `values`.
  private static func lowerHull(_ values: [Double]) -> [Double] {
    var corners: [Int] = []
    for index in values.indices {
      while corners.count > 1 {
        let (first, second) = (corners[corners.count - 2], corners[corners.count - 1])
        let before = (values[second] - values[first]) / Double(second - first)
        guard (values[index] - values[second]) / Double(index - second) <= before else { break }
        corners.removeLast()
      }
      corners.append(index)
    }
    var hull = values
    for (first, last) in zip(corners, corners.dropFirst()) {
      for index in first..<last {
        let place = Double(index - first) / Double(last - first)
        hull[index] = values[first] + (values[last] - values[first]) * place
      }
    }
    return hull
  }
}
