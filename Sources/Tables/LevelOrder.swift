import EspalierFiles

/// The order of the classes of a target: one that is given, or that of their numbers.
struct LevelOrder {
  private let levels: [String]
  private let subject: String

  /// The order of the levels that occur in a target called `subject` in messages.
  init(of levels: [String], _ subject: String) {
    (self.levels, self.subject) = (levels, subject)
  }

  /// The levels in order; of numbers that of their values.
  ///
  /// - Throws: `EspalierError` if there is one level alone, words have no given order, a number is written in two ways,
  ///   or the given levels are not those of the target.
  func callAsFunction(_ given: [String]?) throws(EspalierError) -> [String] {
    guard levels.count >= 2 else {
      throw EspalierError(.data, subject, "has one level alone, \(levels.map { "\"\($0)\"" }.listed())")
    }
    if let given { return try checked(given) }
    let numbers = levels.compactMap(Double.init)
    guard numbers.count == levels.count else {
      let named = levels.map(ColumnList.quoted).listed(separator: ",")
      throw EspalierError(
        .data, subject, "has levels in words, whose order is not known",
        remedy: "name them from the lowest to the highest: --levels '\(named)' is their order as text")
    }
    for (first, second) in zip(levels.indices, levels.indices.dropFirst()) where numbers[first] == numbers[second] {
      throw EspalierError(
        .data, subject, "writes a level in two ways, \"\(levels[first])\" and \"\(levels[second])\"",
        remedy: "write it in one")
    }
    return levels
  }

  private func checked(_ given: [String]) throws(EspalierError) -> [String] {
    let own = given.map(written)
    if let twice = own.indices.first(where: { own[..<$0].contains(own[$0]) }) {
      throw EspalierError(.argument, "--levels", "names the level \"\(given[twice])\" twice")
    }
    if let other = levels.first(where: { !own.contains($0) }) {
      throw EspalierError(
        .argument, "--levels", "leaves out the level \"\(other)\" of \(subject)",
        remedy: "name all of them, or leave those rows out")
    }
    if let empty = own.first(where: { !levels.contains($0) }) {
      throw EspalierError(
        .argument, "--levels", "names the level \"\(empty)\", of which \(subject) has no row",
        remedy: "leave it out: its levels are \(levels.listed())")
    }
    return own
  }

  /// A level as the target writes it; a number may be written in another way.
  private func written(_ level: String) -> String {
    if levels.contains(level) { return level }
    guard let number = Double(level) else { return level }
    return levels.first { Double($0) == number } ?? level
  }
}
