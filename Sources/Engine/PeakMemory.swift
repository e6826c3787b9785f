import Foundation

/// The most memory this process has had in use at any time.
package enum PeakMemory {
  /// Bytes resident at the peak.
  package static var bytes: Int {
    #if os(Linux)
      // Not `getrusage`: its peak counts the program that started this one, up to the moment it was replaced.
      let lines = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8))?.split(separator: "\n") ?? []
      let peak = lines.first { $0.hasPrefix("VmHWM:") }?.split(whereSeparator: \.isWhitespace)
      return (peak?.dropFirst().first).flatMap { Int($0) }.map { $0 * 1024 } ?? 0
    #else
      var usage = rusage()
      getrusage(RUSAGE_SELF, &usage)
      return usage.ru_maxrss
    #endif
  }
}
