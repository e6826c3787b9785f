import EspalierArchitectures
import EspalierDatasets
import EspalierEngine
import EspalierGraph
import EspalierPruning
import EspalierReports
import EspalierTensors
import EspalierWorkflows
import Foundation
import Testing

/// What the report of a pruning says, in one line and on the page.
@Suite struct PruningReportTests {
  private let graph: Graph
  private let split: CalibrationSplit
  private let measured: MeasuredPruning
  private let request: PruningRequest

  init() throws {
    graph = try #require(MultilayerPerceptron(widths: [6, 32, 4])).model(seed: 1).graph
    var generator = SeededGenerator(seed: 3)
    let inputs = Tensor(shape: [1100, 6], (0..<6600).map { _ in Float(generator.normal()) })
    let data = try DatasetCalibration(InMemoryDataset(inputs: inputs), for: graph)
    split = CalibrationSplit(data)
    request = PruningRequest(keeping: 0.5)
    measured = try MeasuredPruning(graph, request, on: split)
  }

  private static let words = "espalier prune folder/model.onnx --calibration x.npy --keep 0.5 -o small.onnx"

  private func report(
    _ fidelity: Fidelity?, command: String = words, refit: Bool = true
  ) throws -> PruningReport {
    let file = NSTemporaryDirectory() + "espalier-\(UUID().uuidString).onnx"
    defer { try? FileManager.default.removeItem(atPath: file) }
    try Data("123456789".utf8).write(to: URL(fileURLWithPath: file))
    let provenance = Provenance(
      command: ShellCommand(command.split(separator: " ").map(String.init)), model: try .init(graph, at: file),
      version: "1.2.3", backend: Backends.standard, seed: 7, threads: 1, calibration: .init(["x.npy"], split))
    var request = request
    if !refit { request.refit = nil }
    return PruningReport(
      provenance: provenance, model: "net", request: request, result: measured.result, fidelity: fidelity,
      latency: try LatencyComparison(of: measured.result.graph, against: graph, budget: 0),
      outline: try NetworkOutline(of: graph, keeping: measured.result.groups))
  }

  /// Figures that a network might have.
  private func fidelity(_ agreement: Double, error: Double = 0.25, of samples: Int = 1000) throws -> Fidelity {
    let text = """
      {"outputs": [{"name": "y", "agreement": \(agreement), "relativeError": 0.2, "klDivergence": 0.125},
        {"name": "z", "relativeError": \(error)}], "samples": \(samples), "isTwin": false}
      """
    return try JSONDecoder().decode(Fidelity.self, from: Data(text.utf8))
  }

  private func page(_ fidelity: Fidelity?) throws -> String {
    try report(fidelity).document.html
  }

  private func steps(after report: PruningReport) -> [NextSteps.Step] { NextSteps(after: report).steps }

  @Test func oneLineSaysWhatChanged() throws {
    let line = try report(fidelity(0.9)).summary
    #expect(!line.contains("\n"))
    #expect(
      line.hasPrefix(
        "On 1,000 inputs that neither selection nor re-fit has seen, it answers as the dense network on 90.0 % (95 % "
          + "interval 88.0 to 91.7 %), relative error 0.25 (z, the worst of 2 outputs), KL divergence 0.125 nats (y, "
          + "the worst of 2 outputs); MACs 320 → 160 (50.0 %), parameters 356 → 180 (50.6 %), stored "), "\(line)")
    #expect(line.contains(", latency "))
    #expect(try report(nil).summary.hasPrefix("MACs 320 → 160"))
  }

  @Test func manyChangedAnswersAreSaidInWordsAndNothingHolds() throws {
    let much = try page(fidelity(0.63))
    #expect(much.contains("answers otherwise than the dense network on 37.0"))
    #expect(!much.contains("✓ Holds") && much.contains("Surgery is exact") && much.contains("not that the answers"))
    let other = try page(fidelity(0.999, error: 7))
    #expect(other.contains("Output z differs from the dense network&#39;s by a relative error of 7"))
    #expect(!other.contains("Next to nothing was lost") && other.contains("Many answers changed"))
    // Ten answers of twelve may be chance.
    let others = try [page(fidelity(0.95)), page(fidelity(10.0 / 12, of: 12))]
    #expect(others.allSatisfy { !$0.contains("answers otherwise") })
  }

  @Test func thePageShowsTheNetwork() throws {
    let whole = try page(fidelity(0.9))
    #expect(whole.contains("<title>fc1\n32 channels, 16 kept (50.0 %)"))
    #expect(whole.contains("after re-fit") && whole.contains("Kept widths"))
  }

  @Test func provenanceIsWrittenWithoutOtherPaths() throws {
    let report = try report(measured.fidelity)
    let json = try JSONReport.data(PruneJSON(report, PruningAccuracy(before: nil, pruned: nil)))
    let result = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
    let provenance = try #require(result["provenance"] as? [String: Any])
    #expect(provenance["command"] as? String == Self.words)
    let model = try #require(provenance["model"] as? [String: Any])
    // The check value of CRC-32.
    #expect(model["crc32"] as? String == "cbf43926" && (model["file"] as? String)?.contains("/") == false)
    #expect((model["network"] as? String)?.count == 8)
    #expect((provenance["versions"] as? [String: Any])?["espalier"] as? String == "1.2.3")
    #expect(provenance["seed"] as? Int == 7 && provenance["threads"] as? Int == 1)
    let inputs = try #require(provenance["calibration"] as? [String: Any])
    #expect(inputs["data"] as? [String] == ["x.npy"] && inputs["used"] as? Int == 880)
    #expect(inputs["heldOut"] as? Int == 220 && inputs["twin"] is NSNull && inputs["duplicates"] as? Int == 0)
    let fidelity = try #require(result["fidelity"] as? [String: Any])
    let interval = try #require(fidelity["agreementInterval"] as? [String: Double])
    let agreement = try #require(fidelity["agreement"] as? Double)
    #expect(interval["low"]! < agreement && agreement < interval["high"]!)
    #expect(fidelity["klDivergence"] as? Double ?? 0 > 0)
  }

  @Test func whereMuchIsLostMoreIsKept() throws {
    let advice = try steps(after: report(fidelity(0.5)))
    #expect(advice.contains { $0.command == Self.words.replacing("0.5", with: "0.75") })
    #expect(advice.contains { $0.command == Self.words + " --distil 10" })
    #expect(advice.contains { $0.command?.hasPrefix("espalier finetune small.onnx") == true })
    let budget = Self.words.replacing("--keep 0.5", with: "--budget macs=0.2")
    let wider = try steps(after: report(fidelity(0.5), command: budget))
    #expect(wider.contains { $0.command == budget.replacing("0.2", with: "0.6") })
    let absolute = Self.words.replacing("--keep 0.5", with: "--budget bytes=10MB")
    #expect(
      try steps(after: report(fidelity(0.5), command: absolute)).allSatisfy { !$0.sentence.contains("Keep more") })
  }

  @Test func whereNothingIsLostItGoesSmaller() throws {
    let advice = try steps(after: report(fidelity(0.999)))
    #expect(advice.contains { $0.command == Self.words.replacing("0.5", with: "0.25") })
    #expect(advice.allSatisfy { !$0.sentence.contains("Many answers changed") })
    // Of twenty equal answers nobody knows.
    #expect(try steps(after: report(fidelity(1, of: 20))).allSatisfy { !$0.sentence.contains("Go smaller") })
  }

  @Test func whatIsMissingIsAskedFor() throws {
    #expect(try steps(after: report(nil)).contains { $0.sentence.contains("about 100 of the kind") })
    #expect(try steps(after: report(fidelity(0.95, of: 20))).contains { $0.sentence.contains("known to be") })
    let plain = try steps(after: report(fidelity(0.95), command: Self.words + " --no-refit", refit: false))
    #expect(plain.first?.command == Self.words)
  }
}
