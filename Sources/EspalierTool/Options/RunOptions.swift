import ArgumentParser
import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierOperators
import EspalierReports

/// The common options of commands that compute.
struct RunOptions: ParsableArguments {
  @Option(help: "What networks run on: \(Backends.all.map(\.name).joined(separator: " or ")).")
  var backend: String = Backends.standard.name

  @OptionGroup var threading: ThreadOptions
  @OptionGroup var memoryLimit: MemoryOptions

  @Flag(name: .shortAndLong, help: "Say nothing on standard error unless something is wrong.")
  var quiet = false

  func validate() throws {
    guard Backends.all.contains(where: { $0.name == backend }) else {
      throw ValidationError("there is no backend \"\(backend)\" in this build")
    }
  }

  /// The requested backend.
  var chosenBackend: any Backend {
    Backends.all.first { $0.name == backend } ?? Backends.standard
  }

  /// The progress line of a long job.
  func progress(_ title: String, total: Int?, unit: String) -> ProgressLine {
    ProgressLine(title, total: total, unit: unit, isQuiet: quiet)
  }
}
