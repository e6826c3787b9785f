import EspalierLinearAlgebra

/// The statistics of one layer's input: sums over the samples, without the samples.
///
/// A dense layer's input is a matrix H (channels x samples). A convolution's is unfolded: each sample and output
/// position is one column of the channels x taps that it reads. Statistics of disjoint parts of the data add up, so the
/// pass can be streamed, resumed and distributed.
/// Source: i-SpaSP's importances are linear in the sum over inputs (`docs/guides/i-spasp.md`, "One pass").
package struct ActivationStatistics: Hashable, Sendable {
  /// The second moments of a layer's inputs.
  package enum SecondMoments: Hashable, Sendable {
    /// The Gram matrix `G = H H^T`, rows x rows.
    case gram(Matrix)
    /// `Q_ij = < U_i, U_j >` for the contributions `U_i = W_i H_i` of units i and j to the layer's output, and
    /// `|| U ||_F^2` with the bias: the cheaper form where G would be too large.
    case contributions(Matrix, outputEnergy: Double)
  }

  /// The number of columns of H (samples, or samples x output positions).
  package internal(set) var count: Int
  /// The number of samples.
  package internal(set) var sampleCount: Int
  /// The second moments; `nil` if not required.
  package internal(set) var secondMoments: SecondMoments?
  /// The sums of the inputs, by row or as a map.
  var first: FirstMoments
  /// The sums over the columns of the second moments, where these are a part of all columns, scaled to all of them in
  /// the end (``scale(from:to:)``); `nil` if they are all.
  var partialSums: [Double]?
  /// For each input channel, the sum of absolute values; `nil` if no input is negative, so that it equals the sum.
  var magnitudes: [Double]?
  /// The moments of the output that the layer is to have; `nil` if that is its own, with the weights it has.
  package var target: TargetMoments?
  /// The statistics of disjoint parts of the samples, whose sum these are, for cross-validation; empty if they are not
  /// kept apart.
  package var folds: [ActivationStatistics] = []

  /// The first moments of a layer's inputs.
  enum FirstMoments: Hashable, Sendable {
    /// For a dense layer, one sum per row.
    case rows([Double])
    /// For a convolution, the sums of the activation maps, those of each size apart; at least one.
    case maps([SummedMap])
  }

  /// The statistics of `count` columns with these sums, for a dense layer.
  package init(count: Int, sum: [Double], gram: Matrix?) {
    precondition(gram.map { $0.rows == sum.count && $0.columns == sum.count } ?? true, "a Gram matrix is rows x rows")
    self.init(count: count, samples: count, .rows(sum), gram.map { .gram($0) })
  }

  init(count: Int, samples: Int, _ first: FirstMoments, _ secondMoments: SecondMoments?) {
    self.count = count
    sampleCount = samples
    self.first = first
    self.secondMoments = secondMoments
  }

  /// The number of rows of H: channels, or channels x taps.
  package var rows: Int {
    switch first {
    case .rows(let sums): sums.count
    case .maps(let maps): maps[0].channels * maps[0].windows.kernelCount
    }
  }

  /// The sum of the columns: one number per row. Complexity: O(rows x output positions) for a convolution.
  package var sum: [Double] {
    if let partialSums { return partialSums }
    return switch first {
    case .rows(let sums): sums
    case .maps(let maps): maps.dropFirst().reduce(maps[0].windowSums) { zip($0, $1.windowSums).map(+) }
    }
  }

  /// The Gram matrix `G = H H^T`, if kept.
  package var gram: Matrix? {
    if case .gram(let matrix)? = secondMoments { matrix } else { nil }
  }

  /// The size of each input channel: the sum of its absolute values over all samples and positions, `|| H_c ||_1`. If
  /// no input is negative, as behind a rectifier, it is the sum used in the paper.
  package var channelSizes: [Double] { magnitudes ?? tapSums.channelSums }

  /// The same with one sum per row in place of maps, so that statistics of different convolutions can be added.
  var byRow: ActivationStatistics {
    var result = ActivationStatistics(count: count, samples: sampleCount, .rows(sum), secondMoments)
    result.target = target
    result.folds = folds.map(\.byRow)
    return result
  }

  /// The sums from which importances are computed.
  package var tapSums: TapSums {
    switch first {
    case .rows(let sums): TapSums(taps: 1, sums: sums, counts: [Double(count)], channelSums: sums)
    case .maps(let maps): maps.dropFirst().reduce(maps[0].tapSums) { $0 + $1.tapSums }
    }
  }

  /// Starts the sums of second moments.
  mutating func start(_ secondMoments: SecondMoments) {
    precondition(count == 0, "second moments of samples that are gone are not to be had")
    self.secondMoments = secondMoments
  }

  /// Adds the statistics of other samples.
  mutating func add(_ other: ActivationStatistics) {
    count += other.count
    sampleCount += other.sampleCount
    magnitudes = magnitudes.flatMap { own in other.magnitudes.map { zip(own, $0).map(+) } }
    if partialSums != nil || other.partialSums != nil { partialSums = zip(sum, other.sum).map(+) }
    switch (first, other.first) {
    case (.rows(let one), .rows(let two)): first = .rows(zip(one, two).map(+))
    case (.maps(let one), .maps(let two)): first = .maps(two.reduce(into: one) { $0.add($1) })
    default: preconditionFailure("statistics of different layers do not add up")
    }
    switch (secondMoments, other.secondMoments) {
    case (.gram(let one)?, .gram(let two)?): secondMoments = .gram(one + two)
    case (.contributions(let one, let energy)?, .contributions(let two, let more)?):
      secondMoments = .contributions(one + two, outputEnergy: energy + more)
    default: secondMoments = nil
    }
    target = target.flatMap { own in other.target.map { own + $0 } }
    folds = folds.count == other.folds.count ? zip(folds, other.folds).map(+) : []
  }

  /// The statistics of both sets of samples.
  package static func + (first: ActivationStatistics, second: ActivationStatistics) -> ActivationStatistics {
    var sum = first
    sum.add(second)
    return sum
  }

  /// Starts the sums over a part of the columns.
  mutating func startPartialSums() {
    precondition(count == 0, "sums of samples that are gone are not to be had")
    partialSums = Array(repeating: 0, count: rows)
  }

  /// Scales second moments and sums over a part of the columns, `taken` of `all` windows, to all columns. Layers with
  /// other distances of windows, or none, that read the same units then weigh as much as their outputs do.
  mutating func scale(from taken: Int, to all: Int) {
    let factor = Double(all) / Double(taken)
    count = count / taken * all
    partialSums = partialSums?.map { $0 * factor }
    changeSecond { elements in
      for i in elements.indices { elements[i] *= factor }
    }
  }

  /// Starts the sums of absolute values, for inputs that may be negative.
  mutating func startMagnitudes(channels: Int) {
    precondition(count == 0, "absolute values of samples that are gone are not to be had")
    magnitudes = Array(repeating: 0, count: channels)
  }

  /// Whether all sums are finite.
  var isFinite: Bool {
    let sums: [Double] =
      switch first {
      case .rows(let sums): sums
      case .maps(let maps): maps.flatMap(\.values)
      }
    let diagonal: [Double] =
      switch secondMoments {
      case .gram(let matrix)?, .contributions(let matrix, _)?: matrix.diagonal
      case nil: []
      }
    return sums.allSatisfy(\.isFinite) && diagonal.allSatisfy(\.isFinite) && target?.isFinite ?? true
  }
}

extension [SummedMap] {
  /// Adds a map to that of its size, if there is one.
  fileprivate mutating func add(_ map: SummedMap) {
    if let own = firstIndex(where: { $0.windows == map.windows }) { self[own] = self[own] + map } else { append(map) }
  }
}
