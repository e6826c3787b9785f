import EspalierGraph
import EspalierTensors
import Testing

/// A network of two layers whose hidden values an unknown operator reads too, with a stored tensor both read.
@Suite struct OpaquePartTests {
  private static let unknown = OperatorName("Decode", domain: "com.example")

  private let graph = Graph(
    nodes: [
      Node("MatMul", name: "first", ["x", "w"], ["h"]),
      Node("Constant", name: "scale", [], ["s"], ["value": .tensor(Tensor(shape: [1], [2]))]),
      Node(unknown, name: "decode", ["h", "s", "w"], ["d"]),
      Node("Relu", name: "behind", ["d"], ["e"]),
      Node("MatMul", name: "second", ["h", "v"], ["y"]),
      Node(
        "If", name: "either", ["flag"], ["z"],
        ["then_branch": .graph(captured("y")), "else_branch": .graph(captured("e"))]),
    ],
    inputs: [ValueInfo("x"), ValueInfo("flag", .bool, [])], outputs: [ValueInfo("z"), ValueInfo("y"), ValueInfo("e")],
    constants: ["w": Tensor(shape: [2, 2], [1, 2, 3, 4]), "v": Tensor(shape: [2, 1], [5, 6])],
    opsets: ["": 17, "com.example": 1])

  private static func captured(_ value: String) -> Graph {
    Graph(nodes: [Node("Identity", [value], ["out"])], outputs: [ValueInfo("out")])
  }

  private var separated: Graph {
    graph.separatingOpaquePart { $0.op != Self.unknown && $0.op != "If" }
  }

  @Test func whatDependsOnUnknownNodesIsSetAside() throws {
    let front = separated
    #expect(front.nodes.map(\.name) == ["first", "second"])
    #expect(front.outputs.map(\.name) == ["y", "h"], "what is read of it are results")
    #expect(front.feeds.map(\.name) == ["x"], "an input that only the part reads is no feed")
    let part = try #require(front.opaque)
    #expect(part.nodes.map(\.name) == ["scale", "decode", "behind", "either"], "constants are its own")
    #expect(part.causes.map(\.node) == ["decode"], "what stands behind is not named")
    #expect(part.readers["h"]?.description == "com.example::Decode \"decode\"")
    #expect(part.readers["y"]?.node == "either", "subgraphs read, too")
    #expect(part.madeOutputs == ["z", "e"])
    try front.validate()
  }

  @Test func bothPartsAreTheWholeAgain() throws {
    let whole = separated.whole
    try whole.validate()
    #expect(Set(whole.nodes.map(\.name)) == Set(graph.nodes.map(\.name)))
    #expect(whole.constants == graph.constants)
    #expect(whole.inputs == graph.inputs && whole.outputs == graph.outputs)
    #expect(whole.opaque == nil)
  }

  @Test func aTensorThatChangedIsStoredTwice() throws {
    var front = separated
    front.constants["w"] = Tensor(shape: [2, 2], [1, 0, 3, 0])
    let whole = front.whole
    try whole.validate()
    let decode = try #require(whole.nodes.first { $0.name == "decode" })
    #expect(whole.constants[decode.inputs[2]] == graph.constants["w"])
    let first = try #require(whole.nodes.first { $0.name == "first" })
    #expect(whole.constants[first.inputs[1]] == front.constants["w"])
  }

  @Test func aNetworkOfKnownNodesStaysAsItIs() {
    #expect(graph.separatingOpaquePart { _ in true } == graph)
  }
}
