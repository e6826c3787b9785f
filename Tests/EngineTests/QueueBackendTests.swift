import EspalierEngine
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierTensors
import EspalierTestSupport
import Testing

/// A backend and a device that are added from outside run what they know, and all memory goes through them.
@Suite struct QueueBackendTests {
  private static let graph = Graph(
    nodes: [Node(Add.name, ["x", "b"], ["s"]), Node(Relu.name, ["s"], ["y"])], inputs: [ValueInfo("x")],
    outputs: [ValueInfo("y")], constants: ["b": Tensor(shape: [3], [1, -2, 3] as [Float])])

  @Test func valuesGoInAndOutThroughTheDevice() throws {
    let backend = QueueBackend()
    let session = try Session(Plan(Self.graph, feeds: ["x": TensorType([3])]), on: backend)
    #expect(backend.queue.traffic.written == 1, "the constant")
    let y = try session.run(["x": Tensor(shape: [3], [-4, 5, -1] as [Float])])["y"]
    #expect(y == Tensor(shape: [3], [0, 3, 2] as [Float]))
    #expect(backend.queue.traffic == (written: 2, read: 1, run: 2))
    #expect(backend.queue.waiting == 0)
  }

  @Test func anOperatorThatABackendDoesNotKnowIsNamed() throws {
    var graph = Self.graph
    graph.nodes[1] = Node(Tanh.name, name: "t", ["s"], ["y"])
    let plan = try Plan(graph, feeds: ["x": TensorType([3])])
    let error = anyDataError { _ = try Session(plan, on: QueueBackend()) }
    #expect(error?.subject == "node \"t\" (Tanh)")
  }
}
