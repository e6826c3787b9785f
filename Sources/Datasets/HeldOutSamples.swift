/// The division of a data set into the samples that a job uses and held-out samples, on which it can be evaluated.
///
/// A result fits the samples used better than others, and a user cares about others.
/// * If there are more samples than the job uses, others are held out: a fifth as many, at least ``fewest`` if
///   available.
/// * Otherwise a fifth is held out, evenly spaced, at most ``most``.
/// * Samples that are exact copies, or of one cluster as frames of a clip are (``Dataset/cluster(of:)``), are never on
///   both sides. A fifth is then one of what is distinct, and none is held out if all samples belong together.
package struct HeldOutSamples: Hashable, Sendable {
  /// The maximum number of held-out samples, without copies.
  package static let most = 1024
  /// The minimum number of held-out samples, if the job does not need them.
  package static let fewest = 100

  /// The indices of the samples used, ascending.
  package let seen: [Int]
  /// The indices of the held-out samples, ascending; empty if there are too few samples.
  package let heldOut: [Int]
  /// Whether the held-out samples were taken from those that the job would have used.
  package let isTakenFromSeen: Bool
  /// The number of samples, of both sides and of those left out, that are exact copies of an earlier one.
  package let duplicateCount: Int

  /// Divides the samples of `dataset`.
  ///
  /// - Parameters:
  ///   - limit: The number of samples that the job uses; `nil` for all.
  ///   - multiple: The number of which both counts are multiples: the batch size, if a network fixes it.
  ///   - most: The largest number of held-out samples, without copies.
  /// - Complexity: a pass over the stored bytes of the samples of both sides.
  package init(of dataset: any Dataset, limit: Int? = nil, multiple: Int = 1, atMost most: Int = most) {
    let count = min(limit ?? dataset.count, dataset.count)
    func size(_ wanted: Int, atMost available: Int) -> Int {
      min(max(wanted, multiple), max(most, multiple), max(0, available)) / multiple * multiple
    }
    let chosen = dataset.representativeIndices(count)
    let isChosen = Set(chosen)
    let rest = (0..<dataset.count).filter { !isChosen.contains($0) }
    let others = Self.evenly(size(max(count / 5, Self.fewest), atMost: rest.count), of: rest)
    let related = RelatedSamples(in: dataset, at: (chosen + others).sorted())
    duplicateCount = related.copyCount
    let used = Set(chosen.map(related.first))
    let strangers = Self.whole(others.filter { !used.contains(related.first($0)) }, multiple)
    isTakenFromSeen = strangers.isEmpty
    guard isTakenFromSeen else {
      (seen, heldOut) = (chosen, strangers)
      return
    }
    let distinct = chosen.filter { related.first($0) == $0 }
    let parted = Set(Self.evenly(size(distinct.count / 5, atMost: distinct.count - multiple), of: distinct))
    let own = chosen.filter { !parted.contains(related.first($0)) }
    let away = chosen.filter { parted.contains(related.first($0)) }
    seen = related.isEmpty ? own : Self.whole(own, multiple)
    heldOut = Self.evenly(min(away.count, max(most, multiple)) / multiple * multiple, of: away)
  }

  /// `count` of `indices`, evenly spaced, each in the middle of its interval.
  private static func evenly(_ count: Int, of indices: [Int]) -> [Int] {
    (0..<count).map { indices[(2 * $0 + 1) * indices.count / (2 * count)] }
  }

  /// The first of `indices`, as many as are a multiple of `multiple`.
  private static func whole(_ indices: [Int], _ multiple: Int) -> [Int] {
    Array(indices.prefix(indices.count / multiple * multiple))
  }
}
