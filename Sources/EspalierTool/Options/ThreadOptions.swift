import ArgumentParser
import EspalierThreading

/// How many threads a command uses.
struct ThreadOptions: ParsableArguments {
  @Option(help: "Use so many threads.") var threads: Int?

  func validate() throws {
    guard (1...Threads.most).contains(threads ?? 1) else {
      throw ValidationError("--threads takes a whole number from 1 to \(Threads.most)")
    }
  }

  /// Holds kernels, linear algebra and readers of images to the threads asked for.
  func apply() {
    if let threads { Threads.limit(to: threads) }
  }
}

/// A command that takes `--threads`, which holds before it runs.
protocol ThreadedCommand: ParsableCommand {
  /// How many threads it uses.
  var threading: ThreadOptions { get }
}

/// A command that runs networks.
protocol NetworkCommand: ThreadedCommand {
  /// The options of its runs.
  var options: RunOptions { get }
}

extension NetworkCommand {
  /// Part of the options of its runs.
  var threading: ThreadOptions { options.threading }
}
