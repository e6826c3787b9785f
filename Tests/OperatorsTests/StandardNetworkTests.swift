import EspalierFiles
import EspalierGraph
import EspalierONNX
import EspalierOperators
import Testing

/// Runs ONNX's tests of whole models: those that PyTorch once exported, and the simple ones.
@Suite("ONNX's own model tests") struct StandardNetworkTests {
  /// Attributes that operators lost between operator sets 6 and 9, and with them a meaning that is not supported.
  private static let lostAttributes: Set = ["broadcast", "is_test", "spatial"]

  @Test("each model of supported operators gives what it should")
  func models() throws {
    var (found, passed) = (0, 0)
    var declined: [String: Int] = [:]
    for folder in ["pytorch-converted", "pytorch-operator", "simple"] {
      let tests = try #require(
        StandardTest.all(in: folder),
        "\(StandardTest.root) is missing: install it with apt-get install libonnx-testdata")
      for test in tests {
        found += 1
        guard let graph = try? graph(of: test) else {
          declined["the file is refused", default: 0] += 1
          continue
        }
        let unknown = graph.nodes.map(\.op).filter { OperatorRegistry.find($0) == nil }
        guard unknown.isEmpty, !graph.nodes.contains(where: isOld) else {
          declined[unknown.first.map { "\($0)" } ?? "a meaning of old", default: 0] += 1
          continue
        }
        switch try test.outcome(graph) {
        case .passed: passed += 1
        case .notSupported(let reason): declined[reason, default: 0] += 1
        case .failed(let fault): Issue.record("\(test.name): \(fault)")
        }
      }
    }
    let reasons = declined.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    print("ONNX's model tests: \(found) found, \(passed) passed, \(found - passed) not run: \(reasons)")
    #expect(passed > 100)
  }

  /// Reads the model of a test, one of operator set 6 as if it were of 9, the oldest that is supported.
  ///
  /// Its operators mean the same in both, except for attributes that have gone. The version is the file's last byte.
  private func graph(of test: StandardTest) throws -> Graph {
    var bytes = try FileContents.read(test.modelPath)
    if bytes.suffix(4) == [0x42, 0x02, 0x10, 6] { bytes[bytes.count - 1] = 9 }
    return try ONNXFile.decode(bytes).graph
  }

  /// Whether a node means something else in operator set 9 than in 6, where PRelu had a slope for each channel.
  private func isOld(_ node: Node) -> Bool {
    node.op == PRelu.name || !Self.lostAttributes.isDisjoint(with: node.attributes.keys)
  }
}
