import LinearAlgebra

/// What a calibration pass keeps of one hidden representation H (channels x samples): sums over the samples, never the samples.
///
/// Statistics of two halves of the data add up to those of the whole, so the pass can be streamed, resumed and distributed.
/// Source: i-SpaSP's importances are linear in the sum over inputs (`docs/guides/i-spasp.md`, "One pass").
public struct ActivationStatistics: Hashable, Sendable {
  /// How many samples (rows that enter the layer) were seen.
  public private(set) var count: Int
  /// `h = sum over samples of H`: one number a channel.
  public private(set) var sum: [Double]
  /// The Gram matrix `G = sum over samples of H H^T`, channels x channels.
  public private(set) var gram: Matrix

  /// The statistics of `count` samples with these sums.
  public init(count: Int, sum: [Double], gram: Matrix) {
    precondition(gram.rows == sum.count && gram.columns == sum.count, "a Gram matrix is channels x channels")
    self.count = count
    self.sum = sum
    self.gram = gram
  }

  /// The statistics of no samples at all.
  public init(channels: Int) {
    self.init(
      count: 0, sum: Array(repeating: 0, count: channels), gram: Matrix(rows: channels, columns: channels))
  }

  /// How many channels there are.
  public var channels: Int { sum.count }

  /// Adds the sums of a batch of `count` samples, added up in single precision.
  public mutating func add(count: Int, sum: UnsafeMutableBufferPointer<Float>, gram: UnsafeMutableBufferPointer<Float>)
  {
    precondition(sum.count == channels && gram.count == channels * channels)
    self.count += count
    for i in 0..<channels { self.sum[i] += Double(sum[i]) }
    self.gram.elements.withUnsafeMutableBufferPointer { total in
      for i in 0..<total.count { total[i] += Double(gram[i]) }
    }
  }

  /// The statistics of the samples of both.
  public static func + (first: ActivationStatistics, second: ActivationStatistics) -> ActivationStatistics {
    var result = first
    result.count += second.count
    result.sum = zip(first.sum, second.sum).map(+)
    result.gram = first.gram + second.gram
    return result
  }

  /// The Gram matrix of the deviations from the mean, `G - h h^T / n`: what is left when a bias takes up the mean.
  public var centredGram: Matrix {
    var centred = gram
    if count > 0 { centred.addOuterProduct(sum, sum, times: -1 / Double(count)) }
    return centred
  }
}
