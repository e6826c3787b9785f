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

  /// However many layers share a matrix, it is stored once; a result keeps its name, and so does what a branch reads.
  /// Vectors are each layer's own.
  @Test func whatIsReadUnderOtherNamesIsStoredOnce() throws {
    let branch = Graph(nodes: [Node(Identity.name, ["seen"], ["z"])], outputs: [ValueInfo("z")])
    let graph = Graph(
      nodes: [
        Node(Identity.name, ["w"], ["v"]), Node(Identity.name, ["v"], ["u"]), Node(Identity.name, ["w"], ["result"]),
        Node(Identity.name, ["w"], ["seen"]), Node(Add.name, ["x", "v"], ["a"]), Node(Add.name, ["a", "u"], ["b"]),
        Node(Identity.name, ["scale"], ["other"]), Node(Multiply.name, ["b", "scale"], ["c"]),
        Node(Multiply.name, ["c", "other"], ["y"]),
        Node("If", ["go"], ["chosen"], ["then_branch": .graph(branch), "else_branch": .graph(branch)]),
      ],
      inputs: [ValueInfo("x"), ValueInfo("go")], outputs: ["y", "result", "chosen"].map { ValueInfo($0) },
      constants: [
        "w": Tensor(shape: [2, 2], [1, 2, 3, 4] as [Float]), "scale": Tensor(shape: [2, 1], [1, 2] as [Float]),
      ])
    let stored = try graph.storingWhatIsKnown()
    let read = stored.nodes.map(\.inputs).filter { $0.count == 2 }
    #expect(read == [["x", "w"], ["a", "w"], ["b", "scale"], ["c", "other"]])
    #expect(stored.nodes.contains { $0.outputs == ["result"] })
    #expect(Set(stored.constants.keys) == ["w", "seen", "scale", "other"])
  }
}
