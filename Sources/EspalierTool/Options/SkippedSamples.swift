import EspalierFiles
import EspalierReports

/// What a command says of samples that could not be read and were left out.
enum SkippedSamples {
  /// More than this are counted, not named.
  private static let mostNamed = 10

  /// Names them on standard error, `--quiet` or not: results do not cover them.
  static func report(_ faults: [EspalierError]) {
    for fault in faults.prefix(mostNamed) { StandardError.tell("skipped \(fault)") }
    if faults.count > mostNamed { StandardError.tell("skipped \(faults.count) samples in all") }
  }
}
