import EspalierDatasets

/// The division of the calibration samples into parts for cross-validation.
///
/// A fold is a run of consecutive samples, so that neighbours, often near-copies (the frames of one film, the
/// photographs of one folder), lie in the same one. Samples that arrive sorted by length are dealt out batch by batch
/// instead: runs of them would differ in length and in nothing else.
package struct Folds: Hashable, Sendable {
  /// The number of folds, unless there are too few samples.
  static let most = 4
  /// No division.
  static let none = Folds(count: 1, samples: 0, isSorted: false)

  /// The number of folds.
  package let count: Int
  private let samples: Int
  private let isSorted: Bool

  /// The folds of `samples` samples: 4, or 2 if there are fewer than 8.
  package init(of samples: Int, isSorted: Bool) {
    self.init(
      count: samples >= 2 * Self.most ? Self.most : max(1, min(2, samples)), samples: samples, isSorted: isSorted)
  }

  private init(count: Int, samples: Int, isSorted: Bool) {
    (self.count, self.samples, self.isSorted) = (count, samples, isSorted)
  }

  /// The largest batch with which every fold has a batch of its own.
  package func batchSize(atMost limit: Int) -> Int {
    count > 1 ? max(1, min(limit, samples / count)) : limit
  }

  /// The fold of the batch at `index`, of `size` samples behind the first `position`: that of its middle.
  package func fold(ofBatch index: Int, at position: Int, size: Int) -> Int {
    if isSorted { return index % count }
    return min(count - 1, (2 * position + size) * count / max(2 * samples, 1))
  }

  /// The fold of each batch of a round.
  func folds(of round: BatchRound) -> [Int] {
    var position = round.position
    return round.sizes.enumerated().map { place, size in
      defer { position += size }
      return fold(ofBatch: round.index + place, at: position, size: size)
    }
  }

  /// The number of folds that can be kept apart where each takes `bytes`: all, half, or one.
  package func affordable(_ bytes: Int, within limit: Int) -> Int {
    var affordable = count
    while affordable > 1, affordable * bytes > limit { affordable /= 2 }
    return affordable
  }
}
