/// The statistics that a selection or a re-fit requires.
package enum StatisticsNeed: Hashable, Sendable, Comparable {
  /// The sums of each layer's inputs: little more than one forward pass.
  case sums
  /// Second moments too: the Gram matrix of each layer's input or, where that would be too large, the products of the
  /// units' contributions to the layer's output.
  case secondMoments
}
