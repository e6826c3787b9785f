import EspalierEngine
import EspalierExecution
import EspalierGraph
import EspalierOperators
import EspalierTensors
import Testing

/// Copies large enough for several threads.
@Suite struct StridedCopiesTests {
  @Test(arguments: Backends.all, [[0, 2, 1, 3], [0, 2, 3, 1], [3, 1, 0, 2], [0, 1, 2, 3]])
  func everyElementIsInItsPlace(backend: any Backend, order: [Int]) throws {
    let shape: Shape = [1, 7, 96, 131]
    let x = Tensor(shape: shape, (0..<shape.elementCount).map { Float($0) })
    let graph = Graph(
      nodes: [Node(Transpose.name, ["x"], ["y"], ["perm": .ints(order.map(Int64.init))])], inputs: [ValueInfo("x")],
      outputs: [ValueInfo("y")])
    let session = try Session(Plan(graph, feeds: ["x": TensorType(of: x)]), on: backend)
    let y = try #require(try session.run(["x": x])["y"])
    let sizes = order.map { shape[$0] }
    #expect(y.shape == Shape(sizes))
    let elements = try #require(y.floats())
    let (from, to) = (shape.strides, y.shape.strides)
    var wrong = 0
    for place in elements.indices {
      let source = order.indices.reduce(0) { $0 + place / to[$1] % sizes[$1] * from[order[$1]] }
      if elements[place] != Float(source) { wrong += 1 }
    }
    #expect(wrong == 0)
  }
}
