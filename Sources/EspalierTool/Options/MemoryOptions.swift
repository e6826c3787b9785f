import ArgumentParser
import EspalierTensors

/// The memory of a command.
struct MemoryOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Refuse what needs more memory than this, such as 8GB or 500MB (default: what is available).",
      valueName: "size"))
  var memory: MemorySize?

  /// Limits what is computed to the requested memory.
  func apply() {
    if let memory { SystemMemory.limit(to: memory.byteCount) }
  }
}

/// A number of bytes: `8GB`, `500MB`, `64KB` or plain bytes, in powers of 1,000.
struct MemorySize: ExpressibleByArgument {
  let byteCount: Int

  init?(argument: String) {
    let units = [("GB", 1e9), ("MB", 1e6), ("KB", 1e3), ("B", 1), ("", 1)]
    guard let (unit, factor) = units.first(where: { argument.uppercased().hasSuffix($0.0) }),
      let number = Double(argument.dropLast(unit.count)), number > 0,
      let byteCount = Int(exactly: (number * factor).rounded())
    else { return nil }
    self.byteCount = byteCount
  }
}

/// A command with `--memory`, which is applied before it runs.
protocol MemoryCommand: ParsableCommand {
  /// The memory.
  var memoryLimit: MemoryOptions { get }
}
