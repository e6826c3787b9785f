/// Where batch normalisations take mean and variance from while a network is trained.
package enum NormalizationStatistics: String, Hashable, Sendable, CaseIterable {
  /// From the batch; the running statistics follow by each layer's momentum.
  case batch
  /// From what is stored, which stays as it is.
  case stored
}
