import ArgumentParser
import Engine
import Files
import Operators
import Pruning
import Reports

/// `espalier benchmark`.
struct Benchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures how long a network takes.", discussion: "EXAMPLE:\n  espalier benchmark model.onnx --batch 32")

  @Argument(help: "The ONNX file.") var model: ModelFile
  @Option(help: "Samples in one run.") var batch = 32
  @Option(help: "Seconds to measure for.") var seconds = 2.0
  @Option(help: "Write the result as JSON to this file, or to standard output for -.") var json: String?
  @OptionGroup var options: RunOptions

  /// What is written as JSON.
  private struct Result: Encodable {
    let median: Double
    let p90: Double
    let runs: Int
    let peakMemory: Int
  }

  func validate() throws {
    guard batch > 0, seconds > 0 else { throw ValidationError("--batch and --seconds take positive numbers") }
  }

  func run() throws {
    if let json { try OutputPath.check(json) }
    let graph = try model.read().graph
    let session = try model.blame {
      try Session(Plan(graph, feeds: graph.feedTypes(batch: batch)), on: options.chosenBackend)
    }
    let latency = Latency.measure([session], budget: seconds)[0]
    let result = Result(median: latency.median, p90: latency.p90, runs: latency.runs, peakMemory: PeakMemory.bytes)
    if let json { try JSONReport.write(result, to: json) }
    guard json != "-" else { return }
    print(
      "batch \(batch): median \(Format.duration(latency.median)), p90 \(Format.duration(latency.p90)) over \(latency.runs) runs,"
        + " peak memory \(Format.bytes(result.peakMemory))")
  }
}
