import EspalierTensors
import Foundation
import Testing

/// `espalier compare`, from the command line to its files.
struct CompareTests {
  private let shop: Workshop

  init() throws {
    shop = try Workshop(widths: [6, 24, 12, 4])
    try NPY.write(Workshop.random([200, 6]), to: shop.path("inputs.npy"))
    try NPY.write(Tensor(shape: [200], (0..<200).map { Int64($0 * 7 % 4) }), to: shop.path("labels.npy"))
  }

  private var inputs: String { shop.path("inputs.npy") }
  private var labelled: String { "\(inputs),\(shop.path("labels.npy"))" }

  private func rows(_ result: [String: Any]) throws -> [[String: Any]] {
    try #require(result["rows"] as? [[String: Any]])
  }

  @Test func everyMethodHasARowAtEverySize() throws {
    let outcome = try Tool.run(
      "compare", shop.model, "--calibration", labelled, "--methods", "all", "--sizes", "0.5,0.25", "--evaluate",
      labelled, "--json", shop.path("result.json"), "--report", shop.path("report.html"), "--quiet")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let result = try shop.json(String(decoding: shop.contents("result.json"), as: UTF8.self))
    let rows = try rows(result)
    let names = rows.prefix(rows.count / 2).compactMap { $0["method"] as? String }
    #expect(Set(names).count == names.count && names.count >= 18 && !names.contains("auto"))
    #expect(Set(["fpgm", "activation-mean", "wanda", "bn-scale", "lamp", "fisher", "taylor"]).isSubset(of: names))
    for row in rows {
      let (name, size) = (try #require(row["method"] as? String), try #require(row["size"] as? Double))
      guard name != "bn-scale" else {
        #expect((row["refusal"] as? String)?.contains("group \"fc1\"") == true && row["refitted"] is NSNull)
        continue
      }
      #expect(row["refusal"] is NSNull, "\(name): \(row["refusal"] ?? "")")
      for key in ["plain", "refitted"] {
        let quality = try #require(row[key] as? [String: Any], "\(name)")
        #expect(0...1 ~= quality["accuracy"] as? Double ?? 2 && 0...1 ~= quality["agreement"] as? Double ?? 2)
        #expect(quality["relativeError"] as? Double ?? -1 > 0 && quality["best"] is Bool)
      }
      let cost = try #require(row["cost"] as? [String: Any])
      let uniform = size == 0.5 ? 6 * 12 + 12 * 6 + 6 * 4 : 6 * 6 + 6 * 3 + 3 * 4
      if name != "lamp" { #expect(cost["macs"] as? Int == uniform, "\(name)") }
      #expect((row["latency"] as? [String: Any])?["median"] as? Double ?? 0 > 0)
      #expect(row["selectionSeconds"] as? Double ?? -1 >= 0)
    }
    let best = rows.filter { ($0["refitted"] as? [String: Any])?["best"] as? Bool == true }
    #expect(!best.isEmpty && (result["dense"] as? [String: Any])?["accuracy"] is Double)
    #expect(outcome.errors.contains("bn-scale is left out") && outcome.output.contains("omp-swap"))
    #expect(outcome.output.contains(" *") && outcome.output.contains("accuracy, re-fitted"))
    let report = String(decoding: try shop.contents("report.html"), as: UTF8.self)
    #expect(report.contains("<svg") && report.contains("Compared:") && report.contains("bn-scale is left out"))
  }

  @Test func aRowIsWhatPruneAndEvaluateSay() throws {
    // With one group: of several, prune judges weights that the re-fit of the group in front has changed.
    let single = try Workshop(widths: [6, 24, 4])
    let model = single.model
    let compared = try Tool.run(
      "compare", model, "--calibration", inputs, "--methods", "omp,l2", "--sizes", "0.5", "--evaluate", labelled,
      "--json", "-", "--quiet")
    #expect(compared.status == 0, "\(compared.errors)")
    for row in try rows(shop.json(compared.output)) {
      let method = try #require(row["method"] as? String)
      for (key, flags) in [("plain", ["--no-refit"]), ("refitted", [])] {
        // Both hold the same fifth of the inputs out: the layer sees more than four of the others for each weight.
        let pruned = try Tool.run(
          arguments: [
            "prune", model, "--calibration", inputs, "--keep", "0.5", "--method", method,
            "--one-shot", "-o", shop.path("small.onnx"), "--quiet",
          ] + flags)
        #expect(pruned.status == 0, "\(pruned.errors)")
        let judged = try Tool.run("evaluate", shop.path("small.onnx"), "--data", labelled, "--json", "-", "--quiet")
        let accuracy = (row[key] as? [String: Any])?["accuracy"] as? Double
        #expect(try shop.json(judged.output)["top1"] as? Double == accuracy, "\(method), \(key)")
      }
    }
  }

  @Test func withoutLabelsAgreementDecides() throws {
    let outcome = try Tool.run(
      "compare", shop.model, "--calibration", inputs, "--methods", "taylor,l1,l1", "--sizes", "0.75", "--json", "-",
      "--quiet")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let result = try shop.json(outcome.output)
    let rows = try rows(result)
    #expect(rows.map { $0["method"] as? String } == ["taylor", "l1"] && result["heldOut"] as? Int == 40)
    #expect((rows[0]["refusal"] as? String)?.contains("has no labels") == true)
    let quality = try #require(rows[1]["refitted"] as? [String: Any])
    #expect(quality["accuracy"] is NSNull && quality["best"] is Bool)
  }

  @Test func mistakesAreRefused() throws {
    for (arguments, words) in [
      (["--methods", "l1,magic"], ["there is no method \"magic\"", "omp-swap"]),
      (["--methods", "l1,"], ["there is no method \"\""]), (["--sizes", "0.5,0"], ["--sizes", "0.5,0"]),
      (["--sizes", "1.5"], ["--sizes"]), (["--sizes", ""], ["--sizes"]), (["--sizes", "half"], ["half"]),
      (["--evaluation-samples", "0"], ["--evaluation-samples"]), (["--ridge", "-1"], ["--ridge"]),
      (["--json", inputs], ["--calibration"]),
    ] {
      let outcome = try Tool.run(arguments: ["compare", shop.model, "--calibration", inputs] + arguments)
      #expect(outcome.status == 64, "\(arguments): \(outcome.errors)")
      for word in words { #expect(outcome.errors.contains(word), "\(arguments): \(outcome.errors)") }
    }
    #expect(try Tool.run("compare", shop.model).status == 64)
    try NPY.write(NPY.read(inputs).taking([0], along: 0), to: shop.path("one.npy"))
    let alone = try Tool.run("compare", shop.model, "--calibration", shop.path("one.npy"))
    #expect(alone.status == 2 && alone.errors.contains("nothing to judge methods by"))
    let shallow = try Workshop(widths: [6, 4])
    #expect(try Tool.run("compare", shallow.model, "--calibration", shallow.calibration).status == 2)
  }
}
