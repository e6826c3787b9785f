/// Samples of a data set that belong on one side of any division, because they say the same or nearly so: exact copies
/// (``SampleFingerprint``), and those of one cluster (``Dataset/cluster(of:)``), such as frames of a clip.
struct RelatedSamples {
  /// The number of samples that are exact copies of an earlier one.
  private(set) var copyCount = 0
  private var firsts: [Int: Int] = [:]

  /// Looks at the samples at `indices`, ascending. A sample is a copy if its fingerprint is that of an earlier one; one
  /// that cannot be read is none.
  ///
  /// - Complexity: a pass over the stored bytes of these samples.
  init(in dataset: any Dataset, at indices: [Int]) {
    var copied: [SampleFingerprint: Int] = [:]
    var clustered: [Int: Int] = [:]
    for (index, print) in zip(indices, dataset.fingerprints(of: indices)) {
      if let print {
        if let first = copied[print] {
          copyCount += 1
          join(index, first)
        } else {
          copied[print] = index
        }
      }
      if let cluster = dataset.cluster(of: index) {
        if let first = clustered[cluster] { join(index, first) } else { clustered[cluster] = index }
      }
    }
  }

  /// Whether no two samples are related.
  var isEmpty: Bool { firsts.isEmpty }

  /// The first sample related to that at `index`, which may be itself.
  func first(_ index: Int) -> Int {
    var index = index
    while let earlier = firsts[index] { index = earlier }
    return index
  }

  private mutating func join(_ one: Int, _ other: Int) {
    let (a, b) = (first(one), first(other))
    if a != b { firsts[max(a, b)] = min(a, b) }
  }
}
