import EspalierFiles
import EspalierReports

/// The report of samples that could not be read and were skipped.
enum SkippedSamples {
  /// Further samples are counted, not named.
  private static let mostNamed = 10

  /// Names them on standard error, even with `--quiet`, because the results do not include them.
  static func report(_ faults: [EspalierError]) {
    for fault in faults.prefix(mostNamed) { StandardError.tell("skipped \(fault)") }
    if faults.count > mostNamed { StandardError.tell("skipped \(faults.count) samples in all") }
  }
}
