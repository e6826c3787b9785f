import ArgumentParser
import Files
import Foundation
import Pruning

/// The command line: parses, calls, prints.
struct Espalier: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "espalier",
    abstract: "Prunes neural networks: ONNX in, a really smaller ONNX out, proven equal to the masked original.",
    discussion: """
      EXAMPLES:
        espalier demo
        espalier inspect model.onnx
        espalier prune model.onnx --calibration inputs.npy --keep 0.5 --refit -o small.onnx

      Exit codes: 0 done, 1 an error of ours, 2 nothing to do or refused, 3 a fit ended without a certificate, 64 usage, \
      65 bad input data.
      """,
    version: "0.1.0",
    subcommands: [
      Demo.self, New.self, Train.self, Evaluate.self, Inspect.self, Run.self, Prune.self, Finetune.self,
      Recalibrate.self, Benchmark.self, FitCommand.self, Predict.self, ProbeCommand.self, Tokenize.self, Reproduce.self,
    ])
}

@main
enum Main {
  static func main() {
    do {
      var command = try Espalier.parseAsRoot()
      try command.run()
    } catch let error as DataError {
      fail(error.description, code: 65)
    } catch let error as Refusal {
      fail(error.description, code: 2)
    } catch {
      // Help, version and usage errors, each with its own exit code.
      Espalier.exit(withError: error)
    }
  }

  private static func fail(_ message: String, code: Int32) -> Never {
    FileHandle.standardError.write(Data("espalier: \(message)\n".utf8))
    exit(code)
  }
}
