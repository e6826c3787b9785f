extension Collection<String> {
  /// The names with commas between them, for a message: of many the first `most`, and the number of the others; of long
  /// ones the two ends, `length` characters of each. Names come from files, and a message fits a screen.
  package func listed(atMost most: Int = 12, length: Int = 120, separator: String = ", ") -> String {
    let named = prefix(most).map { $0.shortened(to: length) }
    let others = count - named.count
    return (named + (others > 0 ? ["and \(others) more"] : [])).joined(separator: separator)
  }
}

extension String {
  /// The text with its middle omitted if it is longer than `limit` characters, more than any ordinary message has.
  package func shortened(to limit: Int) -> String {
    guard utf8.count > limit, count > limit else { return self }
    return "\(prefix(limit / 2)) (...) \(suffix(limit / 2))"
  }
}
