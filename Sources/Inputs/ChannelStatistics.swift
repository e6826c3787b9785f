import EspalierTensors

/// Means, deviations and extremes of the numbers of images, channel by channel.
struct ChannelStatistics {
  /// The mean of each channel.
  var means: [Double]
  /// The standard deviation of each channel.
  var deviations: [Double]
  /// The smallest and the largest number.
  var least, most: Double

  /// Statistics of these values.
  init(means: [Double], deviations: [Double], least: Double, most: Double) {
    (self.means, self.deviations, self.least, self.most) = (means, deviations, least, most)
  }

  /// The statistics of `images`, with channels along `axis`; of all numbers together if that is not known. `nil` if
  /// there are no numbers.
  init?(_ images: Tensor, along axis: Int?) {
    guard let numbers = images.floats(), !numbers.isEmpty else { return nil }
    let count = axis.map { images.shape[$0] } ?? 1
    let stride = axis.map { images.shape.strides[$0] } ?? numbers.count
    var (sums, squares) = ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count))
    (least, most) = (Double(numbers[0]), Double(numbers[0]))
    // The first number is subtracted before squaring, so that numbers far from zero lose no digits.
    let origin = least
    for (place, number) in numbers.enumerated() {
      let channel = place / stride % count
      let value = Double(number) - origin
      sums[channel] += value
      squares[channel] += value * value
      least = min(least, Double(number))
      most = max(most, Double(number))
    }
    let each = Double(numbers.count / count)
    means = sums.map { origin + $0 / each }
    deviations = zip(sums, squares).map { max(0, $1 / each - $0 / each * ($0 / each)).squareRoot() }
  }

  /// The mean of all channels.
  var mean: Double { means.reduce(0, +) / Double(means.count) }

  /// The mean deviation within a channel.
  var spread: Double { deviations.reduce(0, +) / Double(deviations.count) }

  /// Whether the numbers lie within `range`, but for rounding, and fill a twentieth of it at least.
  func fills(_ range: ClosedRange<Float>) -> Bool {
    let (lower, upper) = (Double(range.lowerBound), Double(range.upperBound))
    let width = upper - lower
    return least >= lower - 0.02 * width && most <= upper + 0.02 * width && most - least >= width / 20
  }

  /// Whether, in every channel, the mean lies `ratio` times as far from zero as the numbers deviate from it.
  func isNearlyConstant(_ ratio: Double) -> Bool {
    zip(means, deviations).allSatisfy { abs($0) > ratio * $1 }
  }

  /// The statistics of `factor x + offset`, one of each for all channels or for each; the extremes stay.
  func transformed(_ factors: [Double], _ offsets: [Double]) -> ChannelStatistics {
    var result = self
    let count = max(means.count, factors.count)
    result.means = (0..<count).map {
      factors[$0 % factors.count] * means[$0 % means.count] + offsets[$0 % offsets.count]
    }
    result.deviations = (0..<count).map { abs(factors[$0 % factors.count]) * deviations[$0 % deviations.count] }
    return result
  }
}
