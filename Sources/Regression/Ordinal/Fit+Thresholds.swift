import EspalierFiles
import EspalierTables

extension Fit {
  /// The names of the thresholds between ordered classes: of the classes on both sides, `low|high`.
  package static func thresholdNames(_ classes: [String]) -> [String] {
    zip(classes, classes.dropFirst()).map { "\($0)|\($1)" }
  }

  /// The names of the thresholds.
  var thresholdNames: [String] { Self.thresholdNames(classNames ?? (0..<classes).map(String.init)) }

  /// Their names among those of features.
  var thresholdCoefficientNames: [String] { thresholdNames.map { "threshold \($0)" } }

  /// Rejects rows of which none is of an ordered class: the thresholds on both sides of it would be the same.
  func checkLevels(_ rows: Rows) throws(EspalierError) {
    guard family.hasThresholds else { return }
    let present = Set(rows.targets)
    guard let empty = (0..<classes).first(where: { !present.contains(Double($0)) }) else { return }
    throw EspalierError(
      .data, "the target's level \"\(classNames?[empty] ?? String(empty))\"",
      "has no row that counts, and no threshold of its own",
      remedy: options.validation > 0
        ? "hold out fewer rows (--validation)" : "leave its rows out, and the level out of --levels")
  }
}
