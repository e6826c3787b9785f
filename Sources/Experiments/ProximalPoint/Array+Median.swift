extension [Double] {
  /// The middle value, or the average of the two in the middle; those that are not a number count as the largest.
  var median: Double {
    let sorted = map { $0.isNaN ? .infinity : $0 }.sorted()
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }
}
