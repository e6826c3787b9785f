import EspalierGraph
import EspalierInference
import EspalierOperators
import EspalierTensors
import EspalierTestSupport
import Testing

@Suite struct TypeInferenceTests {
  private let four = Tensor(shape: [4], [1, 2, 3, 4] as [Float])

  @Test func unknownOperatorsAreNamed() {
    let graph = Graph(nodes: [Node(OperatorName("Whirl", domain: "com.example"), name: "n", [], ["y"])])
    let error = anyDataError { _ = try TypeInference(graph, feeds: [:]) }
    #expect(error?.subject == "node \"n\"")
    #expect(error?.fault == "its operator com.example::Whirl is not supported")
  }

  @Test func missingFeedsAndValuesAreNamed() {
    let graph = Graph(nodes: [Node(Relu.name, name: "n", ["x"], ["y"])], inputs: [ValueInfo("x")])
    #expect(anyDataError { _ = try TypeInference(graph, feeds: [:]) }?.subject == "input \"x\"")
    let open = Graph(nodes: [Node(Relu.name, name: "n", ["x"], ["y"])])
    #expect(anyDataError { _ = try TypeInference(open, feeds: [:]) }?.subject == "node \"n\" (Relu)")
  }

  @Test func whatFollowsFromConstantsIsKnown() throws {
    let graph = Graph(
      nodes: [
        Node(Add.name, ["a", "a"], ["b"]), Node(Reshape.name, ["b", "shape"], ["c"]),
        Node(Add.name, ["c", "x"], ["y"]),
      ],
      inputs: [ValueInfo("x")], constants: ["a": four, "shape": Tensor(shape: [2], [2, -1] as [Int64])])
    let feeds = ["x": TensorType([2, 2])]
    let inference = try TypeInference(graph, feeds: feeds)
    #expect(inference.constants["c"] == Tensor(shape: [2, 2], [2, 4, 6, 8] as [Float]))
    #expect(inference.constants["y"] == nil)
    #expect(inference.types["y"] == TensorType([2, 2]))
    #expect(inference.nodes.count == 3)
    let varying = try TypeInference(graph, feeds: feeds, variables: ["a"])
    #expect(varying.constants["a"] == nil)
    #expect(varying.constants["b"] == nil)
    #expect(varying.constants["c"] == nil)
    #expect(varying.types == inference.types)
  }

  @Test func largeValuesAreLeftToTheRun() throws {
    let graph = Graph(
      nodes: [Node(Relu.name, ["a"], ["b"])], constants: ["a": Tensor(repeating: Float(1), shape: [4097])])
    #expect(try TypeInference(graph, feeds: [:]).constants["b"] == nil)
  }

  @Test func defaultsOfInputsAreConstants() throws {
    let graph = Graph(
      nodes: [Node(Relu.name, ["a"], ["b"])], inputs: [ValueInfo("a")], constants: ["a": four])
    #expect(try TypeInference(graph, feeds: [:]).constants["b"] == four)
  }

  @Test func outputsNobodyNamesAreAllowedAndOthersCounted() throws {
    func outputs(_ names: [String]) throws -> TypeInference {
      try TypeInference(
        Graph(nodes: [Node(Relu.name, name: "n", ["x"], names)], inputs: [ValueInfo("x")]),
        feeds: ["x": TensorType([2])])
    }
    #expect(try outputs(["y", ""]).types["y"] == TensorType([2]))
    #expect(try outputs([]).types.keys.sorted() == ["x"])
    #expect(anyDataError { _ = try outputs(["y", "z"]) }?.subject == "node \"n\" (Relu)")
    let constant = Graph(nodes: [Node(Constant.name, [], [], ["value": .int(1)])])
    #expect(try TypeInference(constant, feeds: [:]).constants.isEmpty)
  }

  @Test func textIsCarriedButNotFolded() throws {
    let graph = Graph(
      nodes: [Node(Identity.name, ["a"], ["b"])], constants: ["a": Tensor(shape: [1], strings: ["text"])])
    let inference = try TypeInference(graph, feeds: [:])
    #expect(inference.types["b"] == TensorType([1], .string))
    #expect(inference.constants["b"] == nil)
  }

  @Test func bothNamesOfTheStandardDomainMeanTheSame() throws {
    let graph = Graph(nodes: [Node(OperatorName("Relu", domain: "ai.onnx"), ["a"], ["b"])], constants: ["a": four])
    #expect(try TypeInference(graph, feeds: [:]).constants["b"] == four)
  }
}
