import EspalierEngine
import EspalierExecution
import EspalierReports
import Foundation

/// The machine and the backend of a measurement.
package enum Environment {
  /// The system, its processors and the backend, for a report.
  package static var facts: Facts {
    Facts([
      .init("System", ProcessInfo.processInfo.operatingSystemVersionString),
      .init("Processors", "\(ProcessInfo.processInfo.activeProcessorCount) × \(processor)"),
      .init("Backend", backend),
    ])
  }

  /// The backend and its version.
  package static var backend: String { Backends.standard.title }

  private static var processor: String {
    let lines = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.split(separator: "\n") ?? []
    let model = lines.first { $0.hasPrefix("model name") }?.split(separator: ":").last
    return model.map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown processor"
  }
}
