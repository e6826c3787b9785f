import LinearAlgebra

/// What a calibration pass keeps of what enters one layer: sums over the samples, never the samples.
///
/// A dense layer's input is a matrix H (channels x samples). A convolution's is unfolded: each sample and output position gives
/// one column of the channels x taps that it reads, and the sum of the maps is kept as well. Statistics of two halves of the
/// data add up to those of the whole, so the pass can be streamed, resumed and distributed.
/// Source: i-SpaSP's importances are linear in the sum over inputs (`docs/guides/i-spasp.md`, "One pass").
public struct ActivationStatistics: Hashable, Sendable {
  /// How many columns of H (samples, or samples x output positions) were seen.
  public private(set) var count: Int
  /// How many samples were seen.
  public private(set) var sampleCount: Int
  /// The sum of the columns: one number for each row (channel, or channel and tap).
  public private(set) var sum: [Double]
  /// The Gram matrix `G = H H^T`, rows x rows.
  public private(set) var gram: Matrix
  /// The sum of the activation maps, for a convolution.
  private(set) var map: SummedMap?

  /// The statistics of `count` columns with these sums, of a dense layer.
  public init(count: Int, sum: [Double], gram: Matrix) {
    self.init(count: count, sum: sum, gram: gram, map: nil)
  }

  init(count: Int, sum: [Double], gram: Matrix, map: SummedMap?) {
    precondition(gram.rows == sum.count && gram.columns == sum.count, "a Gram matrix is rows x rows")
    self.count = count
    sampleCount = count
    self.sum = sum
    self.gram = gram
    self.map = map
  }

  /// The statistics of other rows of the same columns and samples.
  init(_ whole: ActivationStatistics, sum: [Double], gram: Matrix, map: SummedMap?) {
    self.init(count: whole.count, sum: sum, gram: gram, map: map)
    sampleCount = whole.sampleCount
  }

  /// The statistics of nothing yet, of a layer that reads so many rows.
  init(rows: Int, map: SummedMap?) {
    self.init(count: 0, sum: Array(repeating: 0, count: rows), gram: Matrix(rows: rows, columns: rows), map: map)
  }

  /// How many rows H has: channels, or channels x taps.
  public var rows: Int { sum.count }

  /// What importances are worked out from.
  public var tapSums: TapSums {
    map?.tapSums(sampleCount: sampleCount) ?? TapSums(taps: 1, sums: sum, counts: [Double(count)], channelSums: sum)
  }

  /// Adds the sums of a batch, added up in single precision: `count` columns of `samples` samples.
  mutating func add(
    count: Int, samples: Int, sum: UnsafeMutableBufferPointer<Float>, gram: UnsafeMutableBufferPointer<Float>,
    map: UnsafeMutableBufferPointer<Float>?
  ) {
    precondition(sum.count == rows && gram.count == rows * rows)
    self.count += count
    sampleCount += samples
    for i in 0..<rows { self.sum[i] += Double(sum[i]) }
    self.gram.elements.withUnsafeMutableBufferPointer { total in
      for i in 0..<total.count { total[i] += Double(gram[i]) }
    }
    if let map { self.map?.add(map) }
  }

  /// The statistics of the samples of both.
  public static func + (first: ActivationStatistics, second: ActivationStatistics) -> ActivationStatistics {
    var result = first
    result.count += second.count
    result.sampleCount += second.sampleCount
    result.sum = zip(first.sum, second.sum).map(+)
    result.gram = first.gram + second.gram
    if let one = first.map, let other = second.map { result.map = one + other }
    return result
  }

  /// The Gram matrix of the deviations from the mean, `G - h h^T / n`: what is left when a bias takes up the mean.
  public var centredGram: Matrix {
    var centred = gram
    if count > 0 { centred.addOuterProduct(sum, sum, times: -1 / Double(count)) }
    return centred
  }
}
