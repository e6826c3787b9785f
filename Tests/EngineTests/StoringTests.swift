import EspalierEngine
import EspalierGraph
import EspalierOperators
import EspalierTensors
import Testing

@Suite struct StoringTests {
  /// Files before IR version 4 declare what they store as inputs too.
  @Test func whatIsStoredButReadNoLongerIsNoInputEither() throws {
    let graph = Graph(
      nodes: [Node(Negate.name, ["w"], ["v"]), Node(Add.name, ["x", "v"], ["y"])],
      inputs: [ValueInfo("x"), ValueInfo("w")], outputs: [ValueInfo("y")],
      constants: ["w": Tensor(shape: [2], [1, 2] as [Float])])
    let stored = try graph.storingWhatIsKnown()
    #expect(stored.nodes.map(\.op) == [Add.name])
    #expect(stored.constants == ["v": Tensor(shape: [2], [-1, -2] as [Float])])
    #expect(stored.feeds.map(\.name) == ["x"])
  }
}
