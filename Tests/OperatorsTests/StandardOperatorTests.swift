import Engine
import Files
import Foundation
import Graph
import ONNX
import Operators
import Tensors
import TestSupport
import Testing

/// Runs ONNX's own operator tests, which Debian's package `libonnx-testdata` holds, and keeps `docs/onnx-operator-tests.md`.
@Suite("ONNX's own operator tests") struct StandardOperatorTests {
  private static let folder = "/usr/share/libonnx-testdata/data/node"

  /// What became of one test.
  private enum Outcome: Equatable {
    case passed
    case failed(String)
    case notSupported(String)
  }

  /// Tests that ask of a supported operator what is out of the project's scope, by a part of their names.
  private static let exclusions: [(part: String, reason: String)] = [
    ("test_maxpool_2d_uint8", "pools of whole numbers"), ("test_maxpool_with_argmax", "the positions of maxima"),
    ("test_training_dropout", "training mode"), ("test_dropout_default_mask", "the mask output"),
    ("BFLOAT16", "bfloat16"),
  ]

  @Test("each test of a supported operator passes, and the committed table says so")
  func operators() throws {
    let names = try? FileManager.default.contentsOfDirectory(atPath: Self.folder).sorted()
    let tests = try #require(names, "\(Self.folder) is missing: install it with apt-get install libonnx-testdata")
    var table = OperatorTestTable()
    for name in tests {
      let path = "\(Self.folder)/\(name)"
      let model: Model
      do { model = try ONNXFile.read(path + "/model.onnx") } catch {
        table.addUnread(reason: error.description.components(separatedBy: ", ").last ?? "")
        continue
      }
      let unknown = Set(model.graph.nodes.map(\.op)).filter { OperatorRegistry.find($0) == nil }
      guard unknown.isEmpty else {
        table.addUnknown(unknown)
        continue
      }
      switch try outcome(name, model, path) {
      case .passed: table.addPassed(model.graph)
      case .notSupported(let reason): table.addNotSupported(model.graph, name, reason: reason)
      case .failed(let fault):
        table.addFailed(model.graph)
        Issue.record("\(name): \(fault)")
      }
    }
    print(table.summary)
    try table.compareWithCommitted()
  }

  private func outcome(_ name: String, _ model: Model, _ path: String) throws -> Outcome {
    if let exclusion = Self.exclusions.first(where: { name.contains($0.part) }) {
      return .notSupported(exclusion.reason)
    }
    let sets = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasPrefix("test_data_set_") }
    for set in sets.sorted() {
      let inputs = try tensors("input", in: "\(path)/\(set)")
      let expected = try tensors("output", in: "\(path)/\(set)")
      for type in (inputs + expected).map(\.elementType) where OperatorTestTable.foreignTypes.contains(type) {
        return .notSupported("\(type)")
      }
      for backend in Backends.all {
        let actual: [Tensor]
        do { actual = try run(model.graph, inputs, on: backend) } catch { return .failed("\(error)") }
        for (actual, expected) in zip(actual, expected) where !actual.agrees(with: expected) {
          return .failed(
            "gives \(actual.elementType) \(actual.shape), which differs from the expected on \(backend.name)")
        }
      }
    }
    return .passed
  }

  private func tensors(_ kind: String, in folder: String) throws -> [Tensor] {
    let count = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix(kind + "_") }.count
    return try (0..<count).map { try ONNXFile.readTensor("\(folder)/\(kind)_\($0).pb") }
  }

  /// Runs a graph of the tests. They feed shapes, axes and sizes like any other input; what must be known before a network
  /// runs is then stored in the graph instead: first only whole numbers behind the first input, then all inputs.
  private func run(_ graph: Graph, _ inputs: [Tensor], on backend: any Backend) throws -> [Tensor] {
    do { return try run(graph, inputs, storing: { _, _ in false }, on: backend) } catch let error as DataError
      where error.fault.hasSuffix("is computed by the network from its data")
    {}
    do {
      return try run(graph, inputs, storing: { $0 > 0 && !$1.elementType.isFloatingPoint }, on: backend)
    } catch let error as DataError where error.fault.hasSuffix("is computed by the network from its data") {}
    return try run(graph, inputs, storing: { _, _ in true }, on: backend)
  }

  private func run(
    _ graph: Graph, _ inputs: [Tensor], storing isStored: (Int, Tensor) -> Bool, on backend: any Backend
  ) throws -> [Tensor] {
    var graph = graph
    var fed: [String: Tensor] = [:]
    for (position, (feed, tensor)) in zip(graph.feeds, inputs).enumerated() {
      if isStored(position, tensor) { graph.constants[feed.name] = tensor } else { fed[feed.name] = tensor }
    }
    let plan = try Plan(graph, feeds: fed.mapValues { TensorType(of: $0) })
    let results = try Session(plan, on: backend).run(fed)
    return graph.outputs.map { results[$0.name]! }
  }
}

extension Tensor {
  /// Whether the elements are those of `other`: exactly, or to 1e-4 relative and 1e-6 absolute where they are fractions.
  fileprivate func agrees(with other: Tensor) -> Bool {
    guard elementType == other.elementType, shape == other.shape else { return false }
    guard elementType.isFloatingPoint, let own = doubles(), let others = other.doubles() else { return self == other }
    return zip(own, others).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN || abs($0 - $1) <= 1e-6 + 1e-4 * abs($1) }
  }
}
