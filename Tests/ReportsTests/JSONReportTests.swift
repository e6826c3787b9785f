import EspalierFiles
import EspalierReports
import Foundation
import Testing

@Suite("JSON")
struct JSONReportTests {
  private struct Result: Codable {
    var residual: [Double]
    var path = "a/b \"c\""
    var identifier = "é"
  }

  @Test("keys are sorted, slashes stay, and numbers that are not finite are strings")
  func text() throws {
    let data = try JSONReport.data(Result(residual: [1.5, .nan, .infinity, -.infinity]))
    let text = String(decoding: data, as: UTF8.self)
    let order = ["identifier", "path", "residual"].compactMap { text.range(of: "\"\($0)\"")?.lowerBound }
    #expect(order.count == 3 && order == order.sorted())
    #expect(text.contains("a/b \\\"c\\\""))
    let values = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])["residual"] as? [Any]
    #expect(values?[0] as? Double == 1.5)
    #expect(values?.dropFirst().compactMap { $0 as? String } == ["NaN", "Infinity", "-Infinity"])
    #expect(text.hasSuffix("}\n"))
    #expect(try JSONReport.data(Result(residual: [1.5, .nan, .infinity, -.infinity])) == data)
  }

  @Test("a value that is not written is a fault of ours")
  func values() {
    let error = #expect(throws: EspalierError.self) { try JSONReport.line([Double.nan]) }
    #expect(error?.kind == .internal)
  }

  @Test("a file is replaced as a whole, and a folder that is not there is an error that names the file")
  func files() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("result.json").path
    try JSONReport.write([1, 2, 3], to: path)
    try JSONReport.write(["a": 1], to: path)
    let written = try JSONDecoder().decode([String: Int].self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    #expect(written == ["a": 1])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["result.json"])
    let missing = folder.appendingPathComponent("none/result.json").path
    #expect { try JSONReport.write(1, to: missing) } throws: { ($0 as? EspalierError)?.subject == missing }
  }
}
