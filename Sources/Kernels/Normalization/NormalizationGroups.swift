import EspalierOperators
import EspalierTensors

/// The elements of a tensor `N x C x ..` that are normalised together, and the element of scale and bias for each.
struct NormalizationGroups: Sendable {
  private let count: Int
  private let size: Int
  private let parameters: Int
  private let run: Int
  private let epsilon: Float

  /// The elements of `groups`.
  init(_ groups: ChannelGroups) {
    let shape = groups.shape
    count = shape[0] * groups.count
    size = shape.elementCount / max(1, count)
    parameters = max(1, groups.parameterCount)
    run = max(1, shape.elementCount / max(1, shape[0] * groups.parameterCount))
    epsilon = groups.epsilon
  }

  /// Calls `body` with the offsets of each group's elements.
  func forEach(_ body: (Range<Int>) -> Void) {
    for group in 0..<count { body(group * size..<(group + 1) * size) }
  }

  /// The index in scale and bias for the element at offset `place`.
  func parameter(_ place: Int) -> Int { place / run % parameters }

  /// The mean of a group and `1 / sqrt(variance + epsilon)`.
  func statistics(_ x: UnsafePointer<Float>, _ range: Range<Int>) -> (mean: Float, factor: Float) {
    let count = Float(max(1, range.count))
    var (sum, squares): (Float, Float) = (0, 0)
    for i in range { sum += x[i] }
    let mean = sum / count
    for i in range { squares += (x[i] - mean) * (x[i] - mean) }
    return (mean, 1 / (squares / count + epsilon).squareRoot())
  }
}
