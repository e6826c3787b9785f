import EspalierFiles

extension AllocationPath {
  /// The widest state that takes at most `fraction` of the dense network's time, by bisection.
  ///
  /// - Parameter ratio: Measures the time of a state, relative to the dense network's.
  /// - Throws: `EspalierError`, a refusal, if the narrowest takes longer.
  /// - Complexity: O(log states) measurements.
  package func widest(
    within fraction: Double, ratio: ([Int]) throws(EspalierError) -> Double
  ) throws(EspalierError) -> [Int] {
    var (low, high) = (0, states.count - 1)
    let narrowest = try ratio(states[high])
    guard narrowest <= fraction else {
      throw EspalierError(
        refusal: "the budget latency=\(fraction) cannot be met: the smallest network, every group at its floor, takes "
          + "\((narrowest * 1000).rounded() / 1000) of the dense network's time on this machine; lower --floor, or "
          + "take in more groups by --scope")
    }
    while low < high {
      let middle = (low + high) / 2
      if try ratio(states[middle]) <= fraction { high = middle } else { low = middle + 1 }
    }
    return states[high]
  }
}
