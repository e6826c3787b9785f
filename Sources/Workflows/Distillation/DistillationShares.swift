/// How the time of a distillation is shared out.
///
/// A first round over the blocks gives each a time in proportion to its operations. A second one gives each a time in
/// proportion to what the second half of its time in the first still gained, times its operations. The rest is for the
/// whole network. What a part does not use falls to those after it.
package struct DistillationShares: Hashable, Sendable {
  /// Of the whole time, the part for the first round.
  package var first = 0.45
  /// Of the whole time, the part for the second round.
  package var second = 0.1

  /// The usual shares.
  package init() {}

  /// Of a round's remaining time, the part for its next block, if those that are left have these weights.
  static func next(_ weights: ArraySlice<Double>) -> Double {
    let sum = weights.reduce(0, +)
    return sum > 0 ? (weights.first ?? 0) / sum : 0
  }

  /// The number of inputs whose forward passes, about four of both networks, leave 60 % of `seconds` for training.
  static func inputs(in seconds: Double, secondsPerInput: Double, atLeast least: Int) -> Int {
    let affordable = 0.4 * seconds / (4 * max(secondsPerInput, 1e-9))
    return max(least, Int(min(affordable, Double(Int32.max))))
  }

  /// The weight of a block with these operations in the second round, after its training in the first.
  static func weight(macs: Int, before: Double, lateGain: Double) -> Double {
    before > 0 ? Double(macs) * lateGain / before : 0
  }
}
