import EspalierTensors
import EspalierTestSupport
import Foundation
import Testing

/// Streams that take nothing: progress is dropped, results are an error, and files are written all the same.
struct StreamTests {
  private let shop: Workshop

  /// Images of two classes, one of which is broken and is told of on standard error, however fast the job is.
  init() throws {
    shop = try Workshop(widths: [12, 8, 2])
    for part in ["a", "b"] {
      try FileManager.default.createDirectory(atPath: shop.path("images/\(part)"), withIntermediateDirectories: true)
      for number in 0..<4 {
        _ = try shop.folder.file("images/\(part)/\(number).png", #require(ImageTests.pixel))
      }
    }
    _ = try shop.folder.file("images/a/4.png", Array("no image".utf8))
  }

  private var data: String { shop.path("images") + ",size=2,augment=no,layout=nchw" }

  private func train(_ output: String, _ redirection: String) throws -> Tool.Outcome {
    try Tool.shell(
      "\"$tool\" train \(shop.model) --data \(data) --evaluate \(data) --batch 2 --epochs 2 -o \(shop.path(output)) "
        + "--json \(shop.path("log.json")) \(redirection)")
  }

  @Test(arguments: ["2>/dev/full", "2>&-", "2>&- <&-"])
  func progressThatCannotBeShownCostsNothing(_ redirection: String) throws {
    let usual = try train("usual.onnx", "")
    #expect(usual.errors.contains("skipped"), "nothing was to be shown")
    let outcome = try train("out.onnx", redirection)
    #expect(outcome.status == 0)
    #expect(outcome.output == usual.output && outcome.output.contains("accuracy on"))
    #expect(try shop.contents("out.onnx") == shop.contents("usual.onnx"))
  }

  @Test(arguments: ["2>/dev/full", "2>&-"])
  func errorsThatCannotBeShownKeepTheirCode(_ redirection: String) throws {
    #expect(try Tool.shell("\"$tool\" inspect \(shop.path("none.onnx")) \(redirection)").status == 65)
    #expect(try Tool.shell("\"$tool\" frobnicate \(redirection)").status == 64)
    #expect(try Tool.shell("\"$tool\" prune \(redirection)").status == 64)
  }

  @Test(arguments: [">/dev/full", ">&-"])
  func resultsThatCannotBeWrittenAreAnError(_ redirection: String) throws {
    for command in [
      "inspect \(shop.model)", "inspect \(shop.model) --json", "evaluate \(shop.model) --data \(data)", "--help",
      "--version", "help prune", "benchmark \(shop.model) --seconds 0.01 --json -",
    ] {
      let outcome = try Tool.shell("\"$tool\" \(command) \(redirection)")
      #expect(outcome.status == 65, "\(command)")
      let complaints = outcome.complaint.split(separator: "\n").filter { !$0.contains("skipped") }
      #expect(complaints.count == 1, "one sentence")
      #expect(
        complaints.first?.hasPrefix("espalier: standard output: cannot be written: ") == true, "\(outcome.errors)")
    }
  }

  @Test(arguments: [">/dev/full", ">&-"])
  func filesAreWrittenBeforeResultsAreLost(_ redirection: String) throws {
    let trained = try train("trained.onnx", redirection)
    #expect(trained.status == 65)
    #expect(shop.exists("trained.onnx") && shop.exists("log.json"))

    let pruned = try Tool.shell(
      "\"$tool\" prune \(shop.model) --calibration \(shop.calibration) --keep 0.5 -o \(shop.path("small.onnx")) "
        + "--json - --report \(shop.path("report.html")) \(redirection)")
    #expect(pruned.status == 65)
    #expect(shop.exists("small.onnx") && shop.exists("report.html"))

    let table = try shop.folder.file("table.csv", Array("y,x\n1,1\n2,2\n3,3\n5,4\n".utf8))
    let fitted = try Tool.shell(
      "\"$tool\" fit \(table) --target y --family gaussian --model \(shop.path("model.json")) --json - --trace "
        + "\(shop.path("trace.json")) --report \(shop.path("fit.html")) \(redirection)")
    #expect(fitted.status == 65)
    #expect(shop.exists("model.json") && shop.exists("trace.json") && shop.exists("fit.html"))
    #expect(try Tool.shell("\"$tool\" predict \(shop.path("model.json")) \(table) \(redirection)").status == 65)
  }

  /// A closed stream's number must not go to a file: nothing else than the file's own bytes may come into it.
  @Test func closedStreamsDoNotGetIntoFiles() throws {
    _ = try train("usual.onnx", "")
    let log = try shop.contents("log.json")
    let outcome = try train("out.onnx", "<&- >&- 2>&-")
    #expect(outcome.status == 65)
    #expect(try shop.contents("out.onnx") == shop.contents("usual.onnx"))
    func keys(_ data: Data) throws -> [String] { try shop.json(String(decoding: data, as: UTF8.self)).keys.sorted() }
    #expect(try keys(shop.contents("log.json")) == keys(log))
  }

  @Test func readersThatHaveGoneAreNoFault() throws {
    let inspected = try Tool.shell("{ \"$tool\" inspect \(shop.model); echo \"code $?\" >&2; } | true")
    #expect(inspected.complaint == "code 0")
    let trained = try train("out.onnx", "2>&1 | true")
    #expect(trained.status == 0)
    // The pipe does not say how the training ended; its file does.
    for _ in 0..<200 where !shop.exists("out.onnx") { usleep(20_000) }
    #expect(shop.exists("out.onnx"))
    let silent = try Tool.shell(
      "{ \"$tool\" inspect \(shop.path("none.onnx")); echo \"code $?\" >&3; } 3>&1 2>&1 | cat")
    #expect(silent.output.contains("none.onnx"))
  }
}
