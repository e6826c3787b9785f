import Foundation
import Testing

/// Commands that consist of many results find those of a run that was killed, and end as one that was not.
struct ResultCheckpointTests {
  private let shop: Workshop
  private var folder: String { shop.path("states") }

  init() throws { shop = try Workshop(widths: [6, 64, 64, 64, 4]) }

  /// Starts a command and kills it as soon as there is a file for which `isResult` holds.
  private func kill(_ arguments: [String], once isResult: (String) -> Bool) throws {
    let process = try Tool.start(arguments)
    func files() -> [String] {
      FileManager.default.enumerator(atPath: shop.folder.path)?.compactMap { $0 as? String } ?? []
    }
    while process.isRunning, !files().contains(where: isResult) { usleep(500) }
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    try #require(process.terminationReason == .uncaughtSignal, "it has ended before it was killed")
  }

  private func run(_ arguments: [String]) throws -> Tool.Outcome {
    let outcome = try Tool.run(arguments: arguments)
    try #require(outcome.status == 0, "\(outcome.errors)")
    return outcome
  }

  @Test func aComparisonKeepsItsRows() throws {
    let json = shop.path("rows.json")
    let comparing = [
      "compare", shop.model, "--calibration", shop.calibration, "--methods", "l1,random,ispasp,omp", "--threads", "1",
      "--quiet",
    ]
    let whole = try shop.json(run(comparing + ["--json", "-"]).output)
    let arguments = comparing + ["--json", json, "--checkpoint", folder]
    try kill(arguments) { $0 == "rows.json" }
    func rows(_ object: [String: Any]) throws -> [[String: Any]] { try #require(object["rows"] as? [[String: Any]]) }
    // The rows of the killed run are in its own JSON too, with times that no other run repeats.
    let begun = try rows(shop.json(String(decoding: shop.contents("rows.json"), as: UTF8.self)))
    _ = try run(arguments)
    let resumed = try rows(shop.json(String(decoding: shop.contents("rows.json"), as: UTF8.self)))
    #expect(begun[0]["selectionSeconds"] as? Double == resumed[0]["selectionSeconds"] as? Double)
    for (own, other) in zip(resumed, try rows(whole)) {
      for key in ["method", "size", "plain", "refitted", "cost"] {
        #expect(own[key] as? NSObject == other[key] as? NSObject, "\(key)")
      }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
  }

  @Test func curvesKeepTheirPoints() throws {
    let measuring = ["sensitivity", shop.model, "--calibration", shop.calibration, "--threads", "1", "--quiet"]
    let whole = try run(measuring + ["--json", "-"]).output
    let arguments = measuring + ["--json", "-", "--checkpoint", folder]
    try kill(arguments) { $0.hasSuffix(".state") }
    #expect(try run(arguments).output == whole)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
  }

  @Test func anExperimentKeepsItsParts() throws {
    let experiment = ["reproduce", "sppam-glm", "--trials", "1", "--cap", "10", "--quiet"]
    let whole = try run(experiment).output
    let arguments = experiment + ["--checkpoint", folder]
    try kill(arguments) { $0.contains("/results/") }
    let other = try Tool.run(arguments: arguments + ["--seed", "7"])
    #expect(other.status == 65 && other.errors.contains("holds the states of another command"))
    #expect(try run(arguments).output == whole)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
  }

  /// A shell in the background ignores SIGINT on behalf of what it starts; ``KillTests`` send it.
  @Test(arguments: [SIGTERM, SIGHUP])
  func aSignalSaysHowToGoOn(_ signal: Int32) throws {
    let errors = shop.path("errors")
    let arguments = ["reproduce", "sppam-glm", "--quiet", "--checkpoint", folder]
    let outcome = try Tool.shell(
      """
      "$tool" \(arguments.joined(separator: " ")) 2> \(errors) & tool=$!
      while [ ! -f \(folder)/command ] && kill -0 $tool 2>/dev/null; do sleep 0.01; done
      kill -\(signal) $tool; wait $tool
      """)
    #expect(outcome.status == 128 + signal)
    let text = String(decoding: try shop.contents("errors"), as: UTF8.self)
    #expect(text.contains("the same command goes on from the last state kept"))
  }
}
