import Files
import Reports

/// What a command says of samples that could not be read and were left out.
enum SkippedSamples {
  /// More than this are counted, not named.
  private static let mostNamed = 10

  /// Names them on standard error, `--quiet` or not: results do not cover them.
  static func report(_ faults: [DataError]) {
    guard !faults.isEmpty else { return }
    var lines = faults.prefix(mostNamed).map { "espalier: skipped \($0)" }
    if faults.count > mostNamed { lines.append("espalier: skipped \(faults.count) samples in all") }
    StandardError.write(lines.joined(separator: "\n") + "\n")
  }
}
