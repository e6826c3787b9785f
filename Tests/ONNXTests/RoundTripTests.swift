import EspalierFiles
import EspalierGraph
import EspalierONNX
import EspalierTensors
import Foundation
import Testing

@Suite("A model that is read and written again is the same model")
struct RoundTripTests {
  @Test("a model in which everything stands that a file can say")
  func everything() throws {
    let proto = sampleModel()
    let model = try ONNXFile.decode(bytes(proto))
    let written = try ONNXFile.encode(model)
    #expect(try ONNXFile.decode(written) == model)
    #expect(try Onnx_ModelProto(serializedBytes: written) == proto.normalised)
    #expect(try ONNXFile.encode(model) == written, "the same model gives the same bytes")
  }

  @Test("its parts are where they belong")
  func parts() throws {
    let model = try ONNXFile.decode(bytes(sampleModel()))
    #expect(model.producerName == "tests" && model.version == 7 && model.formatVersion == 8)
    #expect(Array(model.metadata.keys) == ["b", "a"])
    #expect(model.graph.opsets == ["": 17, "com.microsoft": 1])
    #expect(model.graph.feeds.map(\.name) == ["x"], "w is an initializer and an input, as in old files")
    #expect(model.graph.inputs[0].dimensions == [.symbolic("batch"), .fixed(3)])
    #expect(model.graph.inputs[0].axisDenotations == ["DATA_BATCH", ""])
    #expect(model.graph.outputs[0].dimensions == [.unknown, .fixed(2)])
    #expect(model.graph.intermediates[1].elementType == nil)
    #expect(model.graph.constants["w"]?.elements(as: Float.self) == [1, 2, 3, 4, 5, 6])
    #expect(model.graph.remarks["w"]?.documentation == "weights")
    #expect(model.graph.nodes[0].op == "MatMul", "ai.onnx is the standard domain")
    let node = model.graph.nodes[1]
    #expect(node.attributes["i"] == .int(.min))
    #expect(node.attributes["s"] == .string("größer\0"))
    #expect(node.attributes["is"] == .ints([-1, 0, 1]))
    #expect(node.attributes["none"] == .ints([]))
    #expect(node.attributes["t"] == .tensor(Tensor(scalar: Float(0.5))))
    #expect(node.remarks["t"] == Remark(documentation: "an attribute", parts: [Remark(name: "note")]))
  }

  @Test("a size of -1 is one that is not known")
  func unknownSize() throws {
    var proto = sampleModel()
    proto.graph.input[0].type.tensorType.shape.dim[0].dimValue = -1
    #expect(try ONNXFile.decode(bytes(proto)).graph.inputs[0].dimensions == [.unknown, .fixed(3)])
  }

  @Test("a file of an exporter")
  func exported() throws {
    let path = try fixture("two-layer.onnx")
    let model = try ONNXFile.read(path)
    #expect(model.graph.nodes.map(\.op) == ["Gemm", "Relu", "Gemm"])
    try withFolder { folder in
      try ONNXFile.write(model, to: folder + "/copy.onnx")
      #expect(try ONNXFile.read(folder + "/copy.onnx") == model)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["copy.onnx"])
    }
  }

  @Test("old files that do not say the types of attributes")
  func untypedAttributes() throws {
    var untyped = sampleModel()
    for index in untyped.graph.node[1].attribute.indices where untyped.graph.node[1].attribute[index].name != "none" {
      untyped.graph.node[1].attribute[index].clearType()
    }
    #expect(try ONNXFile.decode(bytes(untyped)) == ONNXFile.decode(bytes(sampleModel())))
  }

  @Test("what cannot stand in a file is not written")
  func unwritable() throws {
    func refused(_ change: (inout Model) -> Void) throws -> Bool {
      var model = try ONNXFile.decode(bytes(sampleModel()))
      change(&model)
      do throws(EspalierError) { _ = try ONNXFile.encode(model) } catch { return true }
      return false
    }
    #expect(try !refused { _ in })
    #expect(try refused { $0.graph.opsets[""] = 8 })
    #expect(try refused { $0.graph.opsets[""] = 23 })
    #expect(try refused { $0.graph.nodes[0].op = .own("Derivative") })
    #expect(try refused { $0.graph.nodes.swapAt(0, 1) })
    #expect(try refused { $0.graph.inputs[0].dimensions = [.fixed(-1)] })
    #expect(try refused { $0.graph.outputs.append(ValueInfo("nobody makes this")) })
    #expect(try refused { $0.formatVersion = 2 })
  }

  @Test("subgraphs as deep as are written can be read", arguments: [1, 10, 28, 29, 60])
  func depth(_ depth: Int) throws {
    var graph = Graph(name: "innermost")
    for level in 0..<depth {
      graph = Graph(name: "level \(level)", nodes: [Node("Anything", [], [], ["body": .graph(graph)])])
    }
    let model = Model(graph)
    if depth <= 28 {
      #expect(try ONNXFile.decode(ONNXFile.encode(model)) == model)
    } else {
      #expect(throws: EspalierError.self) { try ONNXFile.encode(model) }
    }
  }

  @Test("before version 4 of the format all that is stored is an input too; what stores more becomes 4")
  func undeclaredInitializers() throws {
    var model = Model(
      Graph(
        nodes: [Node("Add", ["w", "w"], ["y"])], inputs: [ValueInfo("w", .float32, [])],
        outputs: [ValueInfo("y", .float32, [])], constants: ["w": Tensor(scalar: Float(1))]), formatVersion: 3)
    #expect(try ONNXFile.decode(ONNXFile.encode(model)).formatVersion == 3)
    model.graph.inputs = []
    #expect(try ONNXFile.decode(ONNXFile.encode(model)).formatVersion == 4)
  }
}
