import Foundation

/// The peak memory use of this process.
package enum PeakMemory {
  /// The peak resident set size in bytes.
  package static var bytes: Int {
    #if os(Linux)
      // Not `getrusage`: its peak includes that of the process image before `exec`.
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
