import EspalierFiles
import EspalierGraph
import EspalierONNX
import EspalierTensors
import Testing

@Suite("Large models")
struct LargeModelTests {
  @Test("one of 87 MB, the size of ResNet34")
  func resNet34() throws {
    var graph = Graph()
    for layer in 0..<37 { graph.constants["w\(layer)"] = Tensor(repeating: Float(layer), shape: [588, 1000]) }
    let model = Model(graph)
    try withFolder { folder in
      let path = folder + "/m.onnx"
      let writing = try ContinuousClock().measure { try ONNXFile.write(model, to: path) }
      var read: Model?
      let reading = try ContinuousClock().measure { read = try ONNXFile.read(path) }
      #expect(read == model)
      #expect(try FileContents.size(path) > 87_000_000)
      print("a model of 87 MB: written and flushed in \(writing), read in \(reading)")
    }
  }

  @Test("the file is that of the whole message, encoded at once")
  func pieces() throws {
    var graph = Graph(
      name: "g", nodes: [Node("Relu", ["x"], ["y"])], inputs: [ValueInfo("x", .float32, [.fixed(3)])],
      outputs: [ValueInfo("y")], documentation: "of large and small weights")
    graph.constants["large"] = Tensor(shape: [1 << 16], (0..<1 << 16).map { Float($0) })
    graph.constants["small"] = Tensor(shape: [2], [Int64(1), 2])
    graph.constants["none"] = Tensor(shape: [0], [Float]())
    graph.constants["text"] = Tensor(shape: [1], strings: ["a"])
    graph.remarks["large"] = Remark(documentation: "d", metadata: ["key": "value"])
    var model = Model(graph)
    (model.producerName, model.metadata) = ("test", ["k": "v"])
    let bytes = try ONNXFile.encode(model)
    let proto = try Onnx_ModelProto(serializedBytes: bytes)
    #expect(try proto.serializedBytes() as [UInt8] == bytes)
    #expect(try ONNXFile.decode(bytes) == model)
  }

  @Test("one that does not fit into a file is refused before its weights are copied")
  func tooLarge() throws {
    let weights = Tensor(repeating: UInt8(0), shape: [1 << 26])
    var graph = Graph()
    for layer in 0..<32 { graph.constants["w\(layer)"] = weights }
    let error = #expect(throws: EspalierError.self) { try ONNXFile.encode(Model(graph)) }
    #expect(error?.remedy == "write the weights as external data")
  }
}
