import EspalierGraph
import EspalierONNX
import EspalierOperators
import Foundation
import Testing

/// Runs ONNX's own operator tests, from Debian's package `libonnx-testdata`, and keeps `docs/onnx-operator-tests.md`.
@Suite("ONNX's own operator tests") struct StandardOperatorTests {
  /// Tests of supported operators that are out of the project's scope, by a part of their names, and the reasons.
  private static let exclusions: [(part: String, reason: String)] = [
    ("test_maxpool_2d_uint8", "pools of whole numbers"), ("test_training_dropout", "training mode"),
    ("BFLOAT16", "bfloat16"), ("window", "the expected numbers are made with 3.1415 for pi"),
  ]

  @Test("each test of a supported operator passes, and the committed table says so")
  func operators() throws {
    let tests = try #require(
      StandardTest.all(in: "node"), "\(StandardTest.root) is missing: install it with apt-get install libonnx-testdata")
    var table = OperatorTestTable()
    for test in tests {
      let graph: Graph
      do { graph = try ONNXFile.read(test.modelPath).graph } catch {
        table.addUnread(reason: error.description.components(separatedBy: ", ").last ?? "")
        continue
      }
      guard (graph.inputs + graph.outputs).allSatisfy({ $0.otherType == nil }) else {
        table.addUnread(reason: "values are no dense tensors")
        continue
      }
      let unknown = Set(graph.nodes.map(\.op)).filter { OperatorRegistry.find($0) == nil }
      guard unknown.isEmpty else {
        table.addUnknown(unknown)
        continue
      }
      switch try outcome(test, graph) {
      case .passed: table.addPassed(graph)
      case .notSupported(let reason): table.addNotSupported(graph, test.name, reason: reason)
      case .failed(let fault):
        table.addFailed(graph)
        Issue.record("\(test.name): \(fault)")
      }
    }
    print(table.summary)
    try table.compareWithCommitted()
  }

  private func outcome(_ test: StandardTest, _ graph: Graph) throws -> StandardTest.Outcome {
    if let exclusion = Self.exclusions.first(where: { test.name.contains($0.part) }) {
      return .notSupported(exclusion.reason)
    }
    return try test.outcome(graph)
  }
}
