/// The division of a data set into the samples that a job uses and held-out samples, on which it can be evaluated.
///
/// A result fits the samples used better than others, and a user cares about others.
/// * If there are more samples than the job uses, others are held out: a fifth as many, at least ``fewest`` if
///   available.
/// * Otherwise a fifth is held out, evenly spaced, at most ``most``.
package struct HeldOutSamples: Hashable, Sendable {
  /// The maximum number of held-out samples.
  package static let most = 1024
  /// The minimum number of held-out samples, if the job does not need them.
  package static let fewest = 100

  /// The indices of the samples used, ascending.
  package let seen: [Int]
  /// The indices of the held-out samples, ascending; empty if there are too few samples.
  package let heldOut: [Int]
  /// Whether the held-out samples were taken from those that the job would have used.
  package let isTakenFromSeen: Bool

  /// Divides the samples of `dataset`.
  ///
  /// - Parameters:
  ///   - limit: The number of samples that the job uses; `nil` for all.
  ///   - multiple: The number of which both counts are multiples: the batch size, if a network fixes it.
  package init(of dataset: any Dataset, limit: Int? = nil, multiple: Int = 1) {
    let count = min(limit ?? dataset.count, dataset.count)
    func size(_ wanted: Int, atMost available: Int) -> Int {
      min(max(wanted, multiple), Self.most, max(0, available)) / multiple * multiple
    }
    let chosen = dataset.representativeIndices(count)
    let isChosen = Set(chosen)
    let rest = (0..<dataset.count).filter { !isChosen.contains($0) }
    let fromRest = size(max(count / 5, Self.fewest), atMost: rest.count)
    isTakenFromSeen = fromRest == 0
    if fromRest > 0 {
      seen = chosen
      heldOut = Self.evenly(fromRest, of: rest)
    } else {
      heldOut = Self.evenly(size(count / 5, atMost: count - multiple), of: chosen)
      let isHeldOut = Set(heldOut)
      seen = chosen.filter { !isHeldOut.contains($0) }
    }
  }

  /// `count` of `indices`, evenly spaced, each in the middle of its interval.
  private static func evenly(_ count: Int, of indices: [Int]) -> [Int] {
    (0..<count).map { indices[(2 * $0 + 1) * indices.count / (2 * count)] }
  }
}
