/// Which samples of a data set a job looks at, and which it never sees, so that it can be judged on them.
///
/// What was fitted to samples fits them better than others; what a user gets is what it does on others.
/// * Where there are more samples than the job is to look at, it looks at these, and others are held out: a fifth as
///   many, at least ``fewest`` where there are so many.
/// * Otherwise a fifth is held out, at even distances, at most ``most``.
package struct HeldOutSamples: Hashable, Sendable {
  /// The most samples that are held out.
  package static let most = 1024
  /// The fewest samples that are held out where it costs the job none.
  package static let fewest = 100

  /// What the job looks at, ascending.
  package let seen: [Int]
  /// What it does not, ascending; empty where there are too few samples to hold any out.
  package let heldOut: [Int]
  /// Whether what is held out had to be taken from what the job was to look at.
  package let isTakenFromSeen: Bool

  /// Divides the samples of `dataset`.
  ///
  /// - Parameters:
  ///   - limit: How many samples the job looks at; `nil` for as many as there are.
  ///   - multiple: Parts are multiples of so many samples: of the batch, where a network fixes it.
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

  /// `count` of `indices` at even distances, the middle of each stretch.
  private static func evenly(_ count: Int, of indices: [Int]) -> [Int] {
    (0..<count).map { indices[(2 * $0 + 1) * indices.count / (2 * count)] }
  }
}
