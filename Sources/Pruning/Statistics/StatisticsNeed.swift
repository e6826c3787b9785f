/// Which sums over the calibration data a selection or a re-fit is worked out from.
package enum StatisticsNeed: Hashable, Sendable, Comparable {
  /// The sums of what enters each layer: one forward pass and hardly more.
  case sums
  /// Second moments too: the Gram matrix of what enters each layer, or where that would be too large, what the units contribute
  /// to the layer's output together.
  case secondMoments
}
