import Espalier
import EspalierGraph
import EspalierONNX
import EspalierTensors
import Foundation
import Testing

/// An operator that only a client knows: networks that hold it run, and are pruned around or through it.
@Suite(.serialized) struct CustomOperatorTests {
  /// `Y = factor X`.
  private struct Amplify: CustomOperator {
    static let domain = "com.example"
    static let type = "Amplify"
    let axes = CustomAxes.elementwise
    private let factor: Double

    init(attributes: [String: Double]) throws(EspalierError) {
      guard let factor = attributes["factor"] else {
        throw EspalierError(.model, "attribute \"factor\"", "is missing")
      }
      self.factor = factor
    }

    func shape(of inputs: [[Int]]) -> [Int] { inputs[0] }

    func compute(_ inputs: [Values], shape: [Int]) -> [Float] { inputs[0].elements.map { Float(factor) * $0 } }
  }

  /// The same, of whose axes nothing is known.
  private struct Opaque: CustomOperator {
    static let domain = "com.example"
    static let type = "Opaque"
    let axes = CustomAxes.opaque
    init(attributes: [String: Double]) {}
    func shape(of inputs: [[Int]]) -> [Int] { inputs[0] }
    func compute(_ inputs: [Values], shape: [Int]) -> [Float] { inputs[0].elements }
  }

  private func network(_ type: String, _ attributes: [String: Float]) throws -> Network {
    var generator = SeededGenerator(seed: 4)
    func weights(_ shape: Shape) -> Tensor {
      Tensor(shape: shape, (0..<shape.elementCount).map { _ in Float(generator.normal()) })
    }
    let graph = Graph(
      nodes: [
        Node("MatMul", name: "first", ["x", "w"], ["h"]),
        Node(
          OperatorName(type, domain: "com.example"), name: "own", ["h"], ["a"],
          .init(uniqueKeysWithValues: attributes.map { ($0.key, .float($0.value)) })),
        Node("MatMul", name: "second", ["a", "v"], ["y"]),
      ], inputs: [ValueInfo("x", .float32, [.symbolic("n"), .fixed(4)])], outputs: [ValueInfo("y")],
      constants: ["w": weights([4, 8]), "v": weights([8, 3])], opsets: ["": 17, "com.example": 1])
    let path = NSTemporaryDirectory() + "espalier-\(UUID().uuidString).onnx"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try ONNXFile.write(Model(graph), to: path)
    return try Network(contentsOf: path)
  }

  private func samples() throws -> Samples {
    var generator = SeededGenerator(seed: 5)
    return try Samples(Values(shape: [64, 4], (0..<256).map { _ in Float(generator.normal()) }))
  }

  @Test func channelsPassThroughWhatIsElementwise() throws {
    Amplify.register()
    let network = try network("Amplify", ["factor": 3])
    let x = try Values(shape: [1, 4], [1, 2, 3, 4])
    let tripled = try network.run(["x": x])["y"]
    let plain = try self.network("Amplify", ["factor": 1]).run(["x": x])["y"]
    #expect(zip(try #require(tripled).elements, try #require(plain).elements).allSatisfy { abs($0 - 3 * $1) < 1e-4 })
    let pruned = try network.pruned(keeping: 0.5, on: samples())
    #expect(pruned.kept.values.map(\.count) == [4])
    let error = #expect(throws: EspalierError.self) { try self.network("Amplify", [:]).run(["x": x]) }
    #expect(error?.description.contains("factor") == true)
  }

  @Test func whatIsOpaqueHoldsItsAxes() throws {
    Opaque.register()
    let network = try network("Opaque", [:])
    #expect(try network.inspect().groups.allSatisfy { $0.obstacle != nil })
    let error = #expect(throws: EspalierError.self) { try network.pruned(keeping: 0.5, on: samples()) }
    #expect(error?.kind == .refusal)
  }
}
