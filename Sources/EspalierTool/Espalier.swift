import ArgumentParser
import EspalierFiles
import EspalierReports
import Foundation

/// The command-line tool.
struct Espalier: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "espalier",
    abstract:
      "Prunes neural networks: ONNX in, a really smaller ONNX out, and what changed, measured on inputs held out.",
    discussion: """
      EXAMPLES:
        espalier demo
        espalier inspect model.onnx
        espalier prune model.onnx --calibration inputs.npy --keep 0.5 -o small.onnx

      Exit codes: 0 done, 1 an error of ours, 2 nothing to do or refused, 3 a fit ended without a certificate, 64 \
      usage, 65 bad input data or an output that cannot be written, 128 + n ended by signal n.
      """,
    version: "0.1.0",
    subcommands: [
      Demo.self, New.self, Train.self, Evaluate.self, Inspect.self, Run.self, SensitivityCommand.self, Compare.self,
      Prune.self, Finetune.self, Recalibrate.self, Benchmark.self, FitCommand.self, Predict.self, ProbeCommand.self,
      Tokenize.self, Reproduce.self,
    ])
}

@main
enum Main {
  static func main() {
    StandardStreams.secure()
    UnfinishedFiles.removeOnSignals()
    do {
      var command = try Espalier.parseAsRoot()
      (command as? any ThreadedCommand)?.threading.apply()
      (command as? any MemoryCommand)?.memoryLimit.apply()
      try command.run()
    } catch {
      exit(end(error))
    }
  }

  /// Reports why a command ended early, and returns the exit code.
  private static func end(_ error: any Error) -> Int32 {
    switch error {
    case let error as EspalierError: return complain(error)
    case let error as ValidationError: return complain(error.message, code: .validationFailure)
    default: break
    }
    // Errors of the parser include help and version, which are results. A bare exit code has no text.
    let (code, text) = (Espalier.exitCode(for: error), Espalier.fullMessage(for: error))
    do {
      if code.isSuccess { try StandardOutput.print(text) } else if !text.isEmpty { StandardError.write(text + "\n") }
      return code.rawValue
    } catch {
      return complain(error)
    }
  }

  private static func complain(_ error: EspalierError) -> Int32 {
    complain(error.description, code: ExitCode(error.kind))
  }

  private static func complain(_ message: String, code: ExitCode) -> Int32 {
    StandardError.tell(message)
    return code.rawValue
  }
}
