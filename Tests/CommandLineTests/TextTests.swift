import EspalierONNX
import Foundation
import Testing

/// Text encoders on the command line: built, trained, measured, pruned.
struct TextCommandTests {
  private static let words = ["good", "bad", "film", "the", "is", "was", "not", "very"]

  private func workshop() throws -> Workshop {
    let shop = try Workshop()
    let pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + Self.words
    try (pieces.joined(separator: "\n") + "\n").write(toFile: shop.path("vocab.txt"), atomically: true, encoding: .utf8)
    let config = """
      {"model_type": "bert", "hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 4,
       "intermediate_size": 24, "vocab_size": 13, "max_position_embeddings": 32, "hidden_act": "gelu",
       "initializer_range": 0.3}
      """
    try config.write(toFile: shop.path("config.json"), atomically: true, encoding: .utf8)
    var lines = ["sentence1\tsentence2\tlabel\tlanguage"]
    for index in 0..<64 {
      let kind = index % 2 == 0 ? "good" : "bad"
      lines.append(
        "the film is \(kind)\t\(index % 3 == 0 ? "very " : "")\(kind) film\t\(kind)\t\(index % 4 < 2 ? "en" : "de")")
    }
    try (lines.joined(separator: "\n") + "\n").write(toFile: shop.path("train.tsv"), atomically: true, encoding: .utf8)
    return shop
  }

  @Test func bertIsBuiltTrainedMeasuredAndPruned() throws {
    let shop = try workshop()
    let made = try Tool.run(
      "new", "bert", "--config", shop.path("config.json"), "--labels", "2", "-o", shop.path("bert.onnx"))
    #expect(made.status == 0, "\(made.errors)")
    let trained = try Tool.run(
      "train", shop.path("bert.onnx"), "--data", shop.path("train.tsv"), "--optimizer", "adamw", "--step", "0.003",
      "--schedule", "linear", "--warm-up", "0.1", "--clip", "1", "--accumulate", "2", "--batch", "8", "--epochs", "8",
      "-o", shop.path("trained.onnx"))
    #expect(trained.status == 0, "\(trained.errors)")
    let measured = try Tool.run("evaluate", shop.path("trained.onnx"), "--data", shop.path("train.tsv"), "--json", "-")
    let result = try shop.json(measured.output)
    #expect(result["top1"] as? Double ?? 0 > 0.9 && result["count"] as? Int == 64)
    let parts = try #require(result["parts"] as? [String: [String: Any]])
    #expect(parts.keys.sorted() == ["de", "en"] && parts["de"]?["count"] as? Int == 32)
    let pruned = try Tool.run(
      "prune", shop.path("trained.onnx"), "--calibration", shop.path("train.tsv"), "--keep", "0.5", "--scope",
      "encoder",
      "--json", "-", "-o", shop.path("small.onnx"))
    #expect(pruned.status == 0, "\(pruned.errors)")
    #expect((try shop.json(pruned.output)["groups"] as? [Any])?.count == 4)
    let tuned = try Tool.run(
      "finetune", shop.path("small.onnx"), "--data", shop.path("train.tsv"), "--optimizer", "adamw", "--step", "0.001",
      "--batch", "8", "--epochs", "1", "-o", shop.path("tuned.onnx"))
    #expect(tuned.status == 0, "\(tuned.errors)")
  }

  @Test func theHeadAloneIsTrained() throws {
    let shop = try workshop()
    _ = try Tool.run("new", "bert", "--config", shop.path("config.json"), "--labels", "2", "-o", shop.path("bert.onnx"))
    func train(_ only: String) throws -> Tool.Outcome {
      try Tool.run(
        "train", shop.path("bert.onnx"), "--data", shop.path("train.tsv"), "--batch", "8", "--epochs", "1",
        "--train-only",
        only, "-o", shop.path("head.onnx"))
    }
    let trained = try train("classifier")
    #expect(trained.status == 0, "\(trained.errors)")
    let (before, after) = (
      try ONNXFile.read(shop.path("bert.onnx")).graph, try ONNXFile.read(shop.path("head.onnx")).graph
    )
    let changed = before.constants.filter { after.constants[$0.key] != $0.value }.map(\.key)
    #expect(changed.sorted() == ["classifier.bias", "classifier.weight"])
    let refused = try train("decoder")
    #expect(refused.status == 65 && refused.errors.contains("\"decoder\""))
  }

  @Test func theExperimentGoesOnWhereItStopped() throws {
    let shop = try workshop()
    _ = try Tool.run("new", "bert", "--config", shop.path("config.json"), "--labels", "2", "-o", shop.path("bert.onnx"))
    func run(_ methods: String...) throws -> (status: Int32, output: String, errors: String) {
      let outcome = try Tool.run(
        arguments: [
          "reproduce", "ispasp-bert", "--model", shop.path("bert.onnx"), "--data", shop.path("train.tsv"), "--epochs",
          "1",
          "--batch", "8", "--keep", "0.5", "--scopes", "ffn", "heads", "--output-directory", shop.path("out"),
          "--methods",
        ] + methods)
      return (outcome.status, outcome.output, outcome.errors)
    }
    func outcomes() throws -> [[String: Any]] {
      let results = try shop.json(String(decoding: shop.contents("out/results.json"), as: UTF8.self))
      return try #require(results["outcomes"] as? [[String: Any]])
    }
    let first = try run("ispasp")
    #expect(first.status == 0, "\(first.errors)")
    let (dense, kept) = (try shop.contents("out/dense.onnx"), try outcomes())
    #expect(kept.count == 2)
    let second = try run("ispasp", "random", "ispasp-refit")
    #expect(second.status == 0 && second.output.contains("Random"), "\(second.errors)")
    let rows = second.output.split(separator: "\n")
    #expect(rows.contains { $0.hasPrefix("Method") && $0.contains(" de ") && $0.hasSuffix("en") })
    let grown = try outcomes()
    #expect(grown.count == 6 && NSArray(array: Array(grown.prefix(2))) == NSArray(array: kept))
    #expect(try shop.contents("out/dense.onnx") == dense)
    let report = String(decoding: try shop.contents("out/report.html"), as: UTF8.self)
    #expect(report.contains("<svg") && report.contains("class=\"verdict "))
    let results = try shop.json(String(decoding: shop.contents("out/results.json"), as: UTF8.self))
    let written = try #require(results["outcomes"] as? [[String: Any]])
    let networks = written.compactMap { $0["what"] as? [String: Any] }
    #expect(
      networks.map { $0["method"] as? String }
        == ["ispasp", "ispasp", "random", "ispasp-refit", "random", "ispasp-refit"])
    #expect(
      networks.map { $0["scope"] as? String } == ["ffn", "heads", "ffn", "ffn", "heads", "heads"])
    #expect(networks.allSatisfy { $0["fraction"] as? Double == 0.5 })
    #expect(written.allSatisfy { $0["verified"] is Double && $0["pruned"] is [String: Any] })
    #expect(shop.exists("out/report.html"))
  }

  @Test func tokensArePrintedLineByLine() throws {
    let shop = try workshop()
    try "the film\nis GOOD\n".write(toFile: shop.path("text"), atomically: true, encoding: .utf8)
    let outcome = try Tool.run("tokenize", shop.path("text"), "--tokenizer", shop.path("vocab.txt"))
    #expect(outcome.output.split(separator: "\n").count == 2)
    #expect(outcome.output.contains("\"tokens\":[\"[CLS]\",\"is\",\"good\",\"[SEP]\"]"))
  }

  @Test func whatDoesNotFitIsSaid() throws {
    let shop = try workshop()
    try "{\"model_type\": \"gpt2\"}".write(toFile: shop.path("other.json"), atomically: true, encoding: .utf8)
    let other = try Tool.run("new", "bert", "--config", shop.path("other.json"), "-o", shop.path("x.onnx"))
    #expect(other.status == 65 && other.errors.contains("gpt2"))
    let weights = try Tool.run(
      "new", "bert", "--config", shop.path("config.json"), "--weights", shop.path("config.json"), "-o",
      shop.path("x.onnx"))
    #expect(weights.status == 65 && !shop.exists("x.onnx"))
    let wrong = try Tool.run("train", shop.model, "--data", shop.path("train.tsv"), "-o", shop.path("x.onnx"))
    #expect(wrong.status == 65)
  }
}
