/// The place of the samples in a network's input.
package enum SamplePlace: Hashable, Sendable {
  /// Along an axis, usually the first.
  case axis(Int)
  /// None: the value is the same in every run, as a sampling rate or an initial state.
  case none

  /// The first axis.
  package static let first = SamplePlace.axis(0)
}
