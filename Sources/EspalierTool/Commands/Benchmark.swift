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
        espalier benchmark detector.onnx --batch 8 --shape images=8x3x640x640
      """)

  @Argument(help: "The ONNX file.") var model: ModelFile
  @Option(help: "Samples in one run; by default the first size of --shape, or 32.") var batch: Int?
  @Option(help: "The size of axes that the network leaves open, but for the first: tokens of a text.") var length: Int?
  @OptionGroup var shape: ShapeOptions
  @Flag(help: "Measure training steps (forward, backward and update) instead of runs.") var training = false
  @Option(help: "Seconds to measure for.") var seconds = 2.0
  @Option(help: "Write the result as JSON to this file, or to standard output for -.") var json: String?
  @OptionGroup var options: RunOptions

  func validate() throws {
    guard Count.allows(batch, length) else { throw ValidationError("--batch and --length take \(Count.words)") }
    guard length == nil || shape.shape.isEmpty else {
      throw ValidationError("--length is not for --shape, which says all sizes: leave out one of them")
    }
    guard seconds > 0, seconds <= 86_400 else { throw ValidationError("--seconds takes a number above 0, up to 86400") }
  }

  func run() throws {
    try OutputPlan(reading: [.model(model)], writing: [.text(json, "--json")]).check()
    let graph = try model.readWhatIsKnown().graph
    let (feeds, batch) = try model.blame { try inputTypes(graph) }
    let latency = try model.blame { try measure(graph, feeds, batch) }
    let result = BenchmarkJSON(latency, inputs: feeds.mapValues(\.shape))
    if let json { try JSONReport.write(result, to: json) }
    guard json != "-" else { return }
    try StandardOutput.print(
      "\(Self.sizes(feeds))\(training ? ", training" : ""): median \(Format.duration(latency.median)), "
        + "p90 \(Format.duration(latency.p90)) over \(latency.runs) runs,"
        + " peak memory \(Format.bytes(result.peakMemory))")
  }

  /// The types of the inputs, and the number of samples. Where neither the file nor an option says a size, it is the
  /// one that `inspect` counts costs for, and a sentence says so.
  private func inputTypes(_ graph: Graph) throws -> (types: [String: TensorType], batch: Int) {
    let shapes = try shape.shapes(of: graph, in: model)
    let stated = graph.feeds.filter { $0.dimensions?.first?.size == nil }.compactMap { shapes[$0.name]?.first }
    let batches = Set(stated + (batch.map { [$0] } ?? []))
    guard batches.count < 2 else {
      throw ValidationError("--batch and the first sizes of --shape are \(batches.sorted()): give the same")
    }
    let batch = batches.first ?? Self.usualBatch
    if let length { return (try graph.feedTypes(batch: batch, inner: length), batch) }
    guard let open = try graph.openSize(besides: shapes) else {
      return (try graph.feedTypes(batch: batch, shapes: shapes), batch)
    }
    StandardError.warn(
      "the file leaves sizes of \(open.inputs.listed()) open, and \(open.size) is taken: say others by --shape, or by "
        + "--length")
    let asked = try graph.feedTypes(batch: batch, shapes: shapes).filter { shapes[$0.key] != nil }
    return (try graph.feedTypes(batch: batch, inner: open.size).merging(asked) { $1 }, batch)
  }

  private static let usualBatch = 32

  private static func sizes(_ feeds: [String: TensorType]) -> String {
    feeds.sorted { $0.key < $1.key }.map { "\($0.key.printable) \($0.value.shape)" }.listed()
  }

  private func measure(_ graph: Graph, _ feeds: [String: TensorType], _ batch: Int) throws -> Latency {
    guard training else {
      let session = try Session(Plan(graph, feeds: feeds), on: options.chosenBackend)
      return Latency.measure([session], budget: seconds)[0]
    }
    return try Latency(
      trainingStepsOf: graph, feeds: feeds, batchSize: batch, budget: seconds, backend: options.chosenBackend)
  }
}
