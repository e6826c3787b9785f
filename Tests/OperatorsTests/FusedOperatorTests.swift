import EspalierEngine
import EspalierExecution
import EspalierGraph
import EspalierONNX
import EspalierOperators
import EspalierTensors
import Foundation
import OrderedCollections
import Testing

/// Compares ONNX Runtime's fused operators with the values that ONNX Runtime computes.
///
/// `Fixtures/make_onnxruntime.py` writes them.
@Suite("ONNX Runtime's fused operators") struct FusedOperatorTests {
  /// A model of one fused operator, with values of all its inputs and outputs.
  private struct Case {
    let name: String
    let graph: Graph
    let values: OrderedDictionary<String, Tensor>

    private static let folder = Bundle.module.resourceURL!.appendingPathComponent("onnxruntime").path

    /// The cases listed in `cases.txt`, in its order. A listed case without its files is an error.
    static func all() throws -> [Case] {
      let list = try String(contentsOfFile: "\(folder)/cases.txt", encoding: .utf8)
      return try list.split(separator: "\n").map { name in
        Case(
          name: String(name), graph: try ONNXFile.read("\(folder)/\(name).onnx").graph,
          values: try NPZ.read("\(folder)/\(name).npz"))
      }
    }

    /// The outputs that `backend` computes, by name.
    func outputs(on backend: any Backend) throws -> [String: Tensor] {
      let names = graph.feeds.map(\.name)
      let feeds = Dictionary(uniqueKeysWithValues: values.elements.filter { names.contains($0.key) })
      let plan = try Plan(graph, feeds: feeds.mapValues(TensorType.init(of:)))
      return try Session(plan, on: backend).run(feeds)
    }
  }

  @Test("each gives the values of ONNX Runtime", arguments: Backends.all)
  func values(backend: any Backend) throws {
    let cases = try Case.all()
    try #require(!cases.isEmpty)
    for fused in cases {
      do { try compare(fused, on: backend) } catch { Issue.record(error, "\(fused.name)") }
    }
  }

  private func compare(_ fused: Case, on backend: any Backend) throws {
    try #require(!fused.graph.outputs.isEmpty)
    let outputs = try fused.outputs(on: backend)
    for name in fused.graph.outputs.map(\.name) {
      let (actual, expected) = (try #require(outputs[name]), try #require(fused.values[name]))
      #expect(actual.elementType == expected.elementType, "\(fused.name), \(name)")
      #expect(actual.isClose(to: expected), "\(fused.name), \(name)")
    }
  }

  @Test("each has cases with and without each input that may be left out")
  func coverage() throws {
    let nodes = try Case.all().map { try #require($0.graph.nodes.first, "\($0.name) has no node") }
    let known = Set(OperatorRegistry.standard.map { $0.name }.filter { $0.domain == "com.microsoft" })
    #expect(known.count > 5)
    #expect(Set(nodes.map(\.op)) == known)
    // The inputs that may be left out and are not refused when they are there.
    let optional: [OperatorName: [Int]] = [
      SkipLayerNormalization.name: [3, 4], EmbedLayerNormalization.name: [1, 4, 7, 8], FastGelu.name: [1],
      PackedAttention.name: [2, 3, 5], MultiHeadAttention.name: [3, 4, 5], QGemm.name: [6, 7],
      MatMulNBits.name: [3, 4, 5],
    ]
    for (op, positions) in optional {
      for position in positions {
        let isThere = nodes.filter { $0.op == op }.map { position < $0.inputs.count && !$0.inputs[position].isEmpty }
        #expect(Set(isThere) == [true, false], "\(op), input \(position)")
      }
    }
  }
}

extension Tensor {
  /// Whether each element equals that of `other` to 1e-5 relative and 5e-6 absolute, or to one step of bytes.
  fileprivate func isClose(to other: Tensor) -> Bool {
    guard shape == other.shape, let own = doubles(), let others = other.doubles() else { return false }
    // Two roundings of numbers half way between whole ones may differ by one.
    let step = elementType == .int8 || elementType == .uint8 ? 1 : 5e-6
    return zip(own, others).allSatisfy { abs($0 - $1) <= step + 1e-5 * abs($1) }
  }
}
