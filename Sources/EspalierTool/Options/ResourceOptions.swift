import ArgumentParser

/// The threads and the memory of a command that runs no network.
struct ResourceOptions: ParsableArguments {
  @OptionGroup var threading: ThreadOptions
  @OptionGroup var memoryLimit: MemoryOptions
}

/// A command with `--threads` and `--memory` that runs no network.
protocol ResourceCommand: ThreadedCommand, MemoryCommand {
  /// The threads and the memory.
  var resources: ResourceOptions { get }
}

extension ResourceCommand {
  /// The thread options among the resources.
  var threading: ThreadOptions { resources.threading }

  /// The memory limit among the resources.
  var memoryLimit: MemoryOptions { resources.memoryLimit }
}
