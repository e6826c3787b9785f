import EspalierEngine
import EspalierGraph
import EspalierONNX
import EspalierOperators
import Foundation
import Testing

/// Runs ONNX's own operator tests, from Debian's package `libonnx-testdata`, and keeps `docs/onnx-operator-tests.md`.
@Suite("ONNX's own operator tests") struct StandardOperatorTests {
  /// Tests of supported operators that are out of the project's scope, by a pattern of their names, and the reasons.
  private static let exclusions: [(pattern: String, reason: String)] =
    [
      ("test_training_dropout", "training mode"), ("test_scan_sum$", "Scan of operator set 8, over batches"),
      (
        "test_gridsample_bicubic$|test_roialign|ceil_last_window_starts_on_pad",
        "the expected numbers have four decimals"
      ),
      ("reduce_log_sum_exp.*_expanded", "functions of float64"), ("reduce_m.._bool", "extrema of truth values"),
    ] + (StandardTest.isPackaged ? truncated : disputed)

  /// Tests of Debian's package whose expected numbers are wrong.
  private static let truncated = [
    ("BFLOAT16", "the expected numbers are cut off rather than rounded"),
    ("window", "the expected numbers are made with 3.1415 for pi"),
  ]

  /// Tests of onnx 1.19.0 whose expected numbers neither ONNX Runtime 1.32 nor the reference of onnx 1.23.2 gives.
  private static let disputed = [
    "attention_.*_gqa", "attention_4d_with_past_and_present_qk_matmul_bias_.d_mask_causal", "l2normalization_axis_0",
    "qlinearmatmul_.D_int8_",
  ].map { ($0, "ONNX Runtime and later references give other numbers") }

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
      // A condition is resolved when what it depends on is stored.
      let unknown = Set(graph.nodes.map(\.op)).filter { !Interpreter.runs($0) }
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
    if let exclusion = Self.exclusions.first(where: {
      test.name.range(of: $0.pattern, options: .regularExpression) != nil
    }) {
      return .notSupported(exclusion.reason)
    }
    return try test.outcome(graph)
  }
}
