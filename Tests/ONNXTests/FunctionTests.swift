import EspalierGraph
import EspalierONNX
import Testing

@Suite("Functions of a model's own")
struct FunctionTests {
  /// `scaled(x; factor) = x + Constant(factor)`, and `twice(x) = scaled(scaled(x; 2); 3)`.
  private static func model() -> Onnx_ModelProto {
    var model = emptyModel()
    model.opsetImport.append(.with { ($0.domain, $0.version) = ("own", 1) })
    func node(_ type: String, _ domain: String, _ inputs: [String], _ output: String, _ factor: Float? = nil)
      -> Onnx_NodeProto
    {
      .with {
        ($0.opType, $0.domain, $0.input, $0.output) = (type, domain, inputs, [output])
        if let factor { $0.attribute = [.with { ($0.name, $0.type, $0.f) = ("factor", .float, factor) }] }
      }
    }
    var constant = node("Constant", "", [], "c")
    constant.attribute = [.with { ($0.name, $0.type, $0.refAttrName) = ("value_float", .float, "factor") }]
    model.functions = [
      .with {
        ($0.name, $0.domain, $0.input, $0.output, $0.attribute) = ("scaled", "own", ["x"], ["y"], ["factor"])
        $0.node = [constant, node("Mul", "", ["x", "c"], "y")]
      },
      .with {
        ($0.name, $0.domain, $0.input, $0.output) = ("twice", "own", ["a"], ["b"])
        $0.node = [node("scaled", "own", ["a"], "h", 2), node("scaled", "own", ["h"], "b", 3)]
      },
    ]
    model.graph.input = [value("in", .float, [2])]
    model.graph.output = [value("out", .float, [2])]
    model.graph.node = [node("twice", "own", ["in"], "out")]
    return model
  }

  @Test("are replaced by their bodies, with attributes and names of each call")
  func inlining() throws {
    let graph = try ONNXFile.decode(bytes(Self.model())).graph
    #expect(graph.nodes.map(\.op.type) == ["Constant", "Mul", "Constant", "Mul"])
    #expect(graph.nodes[0].attributes["value_float"] == .float(2))
    #expect(graph.nodes[2].attributes["value_float"] == .float(3))
    #expect(graph.nodes[1].inputs.first == "in" && graph.nodes[3].outputs == ["out"])
    #expect(graph.nodes[3].inputs.first == graph.nodes[1].outputs[0])
    #expect(Set(graph.nodes.flatMap(\.outputs)).count == 4)
  }
}
