import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierONNX
import EspalierOperators
import EspalierTensors
import Foundation

/// One of the tests that ONNX ships: a model with inputs and the outputs it must give.
///
/// They come from Debian's package `libonnx-testdata`.
struct StandardTest {
  /// The folder in which the package keeps its tests, or another of the same form in `ESPALIER_ONNX_TESTS`.
  static let root =
    ProcessInfo.processInfo.environment["ESPALIER_ONNX_TESTS"] ?? "/usr/share/libonnx-testdata/data"

  /// Whether the tests are those of the package.
  static let isPackaged = ProcessInfo.processInfo.environment["ESPALIER_ONNX_TESTS"] == nil

  /// The result of a test.
  enum Outcome: Equatable {
    case passed
    case failed(String)
    case notSupported(String)
  }

  /// The directory of the test.
  let path: String

  /// The tests in a folder of the package; `nil` where it is not there.
  static func all(in folder: String) -> [StandardTest]? {
    let names = try? FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)").sorted()
    return names?.map { StandardTest(path: "\(root)/\(folder)/\($0)") }
  }

  /// The name of the test.
  var name: String { String(path.split(separator: "/").last ?? "") }

  /// The model's file.
  var modelPath: String { path + "/model.onnx" }

  /// Runs `graph`, the test's own, on every backend and all sets of inputs.
  func outcome(_ graph: Graph) throws -> Outcome {
    let sets = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasPrefix("test_data_set_") }
    guard !sets.isEmpty else { return .failed("has no data") }
    for set in sets.sorted() {
      // Half precision is computed with in single precision.
      let inputs = try tensors("input", in: "\(path)/\(set)").map { $0.widened() }
      let expected = try tensors("output", in: "\(path)/\(set)")
      for type in (inputs + expected).map(\.elementType) where OperatorTestTable.foreignTypes.contains(type) {
        return .notSupported("\(type)")
      }
      for backend in Backends.all {
        let actual: [Tensor]
        do { actual = try run(graph, inputs, on: backend) } catch { return .failed("\(error)") }
        guard actual.count == expected.count else {
          return .failed("gives \(actual.count) outputs, and \(expected.count) are expected")
        }
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

  /// Runs a graph of the tests.
  ///
  /// The tests feed shapes, axes and sizes like any other input. Where these must be known before the network runs, the
  /// graph is run again with inputs stored as constants: first the whole numbers behind the first input, then all.
  private func run(_ graph: Graph, _ inputs: [Tensor], on backend: any Backend) throws -> [Tensor] {
    if graph.nodes.contains(where: { Interpreter.controlFlow.contains($0.op) && $0.op != "If" }) {
      let fed = Dictionary(uniqueKeysWithValues: zip(graph.feeds.map(\.name), inputs))
      let separated = graph.separatingUnknownOperators()
      let results = try separated.values(of: graph.outputs.map(\.name), for: fed, on: backend)
      return graph.outputs.map { results[$0.name]! }
    }
    do { return try run(graph, inputs, storing: { _, _ in false }, on: backend) } catch let error as EspalierError
      where Self.dependsOnData(error)
    {}
    do {
      return try run(graph, inputs, storing: { $0 > 0 && !$1.elementType.isFloatingPoint }, on: backend)
    } catch let error as EspalierError where Self.dependsOnData(error) {}
    return try run(graph, inputs, storing: { _, _ in true }, on: backend)
  }

  /// Whether an error says that something is not known before the network runs: a shape, or a condition.
  private static func dependsOnData(_ error: EspalierError) -> Bool {
    error.fault.hasSuffix("is computed by the network from its data")
      || error.fault == "its operator If is not supported"
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
  /// Whether the elements equal those of `other`: whole numbers exactly, fractions to 1e-4 relative and 1e-6 absolute.
  fileprivate func agrees(with other: Tensor) -> Bool {
    if other.elementType.isHalfPrecision {
      let wide = other.widened()
      guard elementType == .float32, shape == other.shape else { return false }
      return zip(elements(as: Float.self), wide.elements(as: Float.self)).allSatisfy {
        $0 == $1 || $0.isNaN && $1.isNaN || $0.rounded(to: other.elementType) == $1 || abs($0 - $1) <= abs($1) / 256
      }
    }
    guard elementType == other.elementType, shape == other.shape else { return false }
    guard elementType.isFloatingPoint, let own = doubles(), let others = other.doubles() else { return self == other }
    return zip(own, others).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN || abs($0 - $1) <= 1e-6 + 1e-4 * abs($1) }
  }
}
