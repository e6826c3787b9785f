/// The source of mean and variance for batch normalisations in training.
package enum NormalizationStatistics: String, Hashable, Sendable, CaseIterable {
  /// The batch; the running statistics follow with each layer's momentum.
  case batch
  /// The stored statistics, which stay unchanged.
  case stored
}
