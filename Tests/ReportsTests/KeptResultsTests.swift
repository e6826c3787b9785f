import EspalierFiles
import EspalierReports
import Foundation
import Testing

/// Results that a job goes on from.
struct KeptResultsTests {
  private let folder = NSTemporaryDirectory() + "espalier-" + UUID().uuidString

  private func kept(_ settings: [String: String] = ["seed": "0"]) throws -> KeptResults {
    try KeptResults(in: folder, settings: settings)
  }

  private func remove() { try? FileManager.default.removeItem(atPath: folder) }

  @Test func whatIsKeptIsNotComputedAgain() throws {
    defer { remove() }
    var calls = 0
    func value(_ name: String) throws -> [Double] {
      try kept().value(name) {
        calls += 1
        return [1, .infinity, 0.1 + 0.2]
      }
    }
    let first = try value("a curve, p = 0.3")
    #expect(try value("a curve, p = 0.3") == first && calls == 1)
    #expect(try value("a curve, p = 0.5") == first && calls == 2)
    #expect(try kept().names == ["a-curve-p-0.3", "a-curve-p-0.5"])
  }

  @Test func nothingIsKeptWithoutAFolder() throws {
    var calls = 0
    for _ in 0..<2 {
      _ = try KeptResults.none.value("x") {
        calls += 1
        return calls
      }
    }
    #expect(calls == 2 && KeptResults.none.names.isEmpty)
  }

  @Test func aFaultKeepsNothing() throws {
    defer { remove() }
    let fault = EspalierError(.diverged, "the loss", "is not finite")
    #expect(throws: EspalierError.self) {
      try kept().value("x") { () throws(EspalierError) -> Int in throw fault }
    }
    #expect(try kept().names.isEmpty && kept().value("x") { 3 } == 3)
  }

  @Test func otherSettingsAreRefused() throws {
    defer { remove() }
    _ = try kept()
    for other in [["seed": "1"], ["seed": "0", "cap": "5"], [:]] {
      #expect(throws: EspalierError.self) { try kept(other) }
    }
    _ = try kept()
  }

  @Test func aDamagedFileIsNamed() throws {
    defer { remove() }
    _ = try kept().value("x") { 1 }
    try "{".write(toFile: folder + "/results/x.json", atomically: true, encoding: .utf8)
    #expect(throws: EspalierError.self) { try kept().value("x") { 2 } }
    _ = try? kept().value("y") { 1 }
    #expect(throws: EspalierError.self) { try kept().value("y") { "text" } }
  }
}
