import ArgumentParser
import EspalierEngine
import EspalierGraph
import EspalierOperators
import EspalierPruning
import EspalierReports
import EspalierTensors
import EspalierThreading
import EspalierTraining
import EspalierWorkflows

/// `espalier benchmark`.
struct Benchmark: NetworkCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures how long a network takes.",
    discussion: """
      EXAMPLES:
        espalier benchmark model.onnx --batch 32
        espalier benchmark model.onnx --batch 128 --training --threads 1
      """)

  @Argument(help: "The ONNX file.") var model: ModelFile
  @Option(help: "Samples in one run.") var batch = 32
  @Option(help: "The size of axes that the network leaves open, but for the first: tokens of a text.") var length: Int?
  @Flag(help: "Measure training steps (forward, backward and update) instead of runs.") var training = false
  @Option(help: "Seconds to measure for.") var seconds = 2.0
  @Option(help: "Write the result as JSON to this file, or to standard output for -.") var json: String?
  @OptionGroup var options: RunOptions

  func validate() throws {
    guard Count.allows(batch, length) else { throw ValidationError("--batch and --length take \(Count.words)") }
    guard seconds > 0, seconds <= 86_400 else { throw ValidationError("--seconds takes a number above 0, up to 86400") }
  }

  func run() throws {
    try OutputPlan(reading: [.model(model)], writing: [.text(json, "--json")]).check()
    let graph = try model.readWhatIsKnown().graph
    let latency = try model.blame { try measure(graph) }
    let result = BenchmarkJSON(latency)
    if let json { try JSONReport.write(result, to: json) }
    guard json != "-" else { return }
    try StandardOutput.print(
      "batch \(batch)\(training ? ", training" : ""): median \(Format.duration(latency.median)), "
        + "p90 \(Format.duration(latency.p90)) over \(latency.runs) runs,"
        + " peak memory \(Format.bytes(result.peakMemory))")
  }

  private func measure(_ graph: Graph) throws -> Latency {
    let feeds = try length.map { try graph.feedTypes(batch: batch, inner: $0) } ?? graph.feedTypes(batch: batch)
    guard training else {
      let session = try Session(Plan(graph, feeds: feeds), on: options.chosenBackend)
      return Latency.measure([session], budget: seconds)[0]
    }
    return try Latency(
      trainingStepsOf: graph, feeds: feeds, batchSize: batch, budget: seconds, backend: options.chosenBackend)
  }
}
