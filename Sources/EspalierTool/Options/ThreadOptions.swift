import ArgumentParser
import EspalierThreading

/// The number of threads of a command.
struct ThreadOptions: ParsableArguments {
  @Option(help: "Use so many threads.") var threads: Int?

  func validate() throws {
    guard (1...Threads.most).contains(threads ?? 1) else {
      throw ValidationError("--threads takes a whole number from 1 to \(Threads.most)")
    }
  }

  /// Limits kernels, linear algebra and image readers to the requested number of threads.
  func apply() {
    if let threads { Threads.limit(to: threads) }
  }
}

/// A command with `--threads`, which is applied before it runs.
protocol ThreadedCommand: ParsableCommand {
  /// The number of threads.
  var threading: ThreadOptions { get }
}

/// A command that runs networks.
protocol NetworkCommand: ThreadedCommand, MemoryCommand {
  /// The common run options.
  var options: RunOptions { get }
}

extension NetworkCommand {
  /// The thread options among the run options.
  var threading: ThreadOptions { options.threading }

  /// The memory limit among the run options.
  var memoryLimit: MemoryOptions { options.memoryLimit }
}
