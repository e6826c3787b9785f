import EspalierFiles
import EspalierTables

extension Fit {
  /// The names of the thresholds of ordered classes: of the classes on both sides, `low|high`.
  var thresholdNames: [String] {
    let names = classNames ?? (0..<classes).map(String.init)
    return zip(names, names.dropFirst()).map { "\($0)|\($1)" }
  }

  /// Rejects rows of which none is of an ordered class: the thresholds on both sides of it would be the same.
  func checkLevels(_ rows: Rows) throws(EspalierError) {
    guard family.name == .ordinal else { return }
    let present = Set(rows.targets)
    guard let empty = (0..<classes).first(where: { !present.contains(Double($0)) }) else { return }
    throw EspalierError(
      .data, "the target's level \"\(classNames?[empty] ?? String(empty))\"",
      "has no row that counts, and no threshold of its own",
      remedy: options.validation > 0
        ? "hold out fewer rows (--validation)" : "leave its rows out, and the level out of --levels")
  }
}
