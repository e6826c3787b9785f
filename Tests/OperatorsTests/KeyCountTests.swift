import EspalierEngine
import EspalierExecution
import EspalierGraph
import EspalierOperators
import EspalierTensors
import EspalierTestSupport
import Testing

/// Attention that is told how many keys of each sample count (operator set 24).
@Suite struct KeyCountTests {
  @Test(arguments: Backends.all, [false, true])
  func itIsAMaskOfTheOthers(backend: any Backend, hasMask: Bool) throws {
    var generator = SeededGenerator(seed: 4)
    let (q, k, v) = (
      Tensor.random([2, 4, 3, 2], &generator), Tensor.random([2, 4, 5, 2], &generator),
      Tensor.random([2, 4, 5, 2], &generator)
    )
    let addend = Tensor.random([2, 1, 3, 5], &generator)
    // Five keys of the first sample count, two of the second.
    let numbers = addend.floats()!.enumerated().map { place, number in
      (hasMask ? number : 0) + (place >= 15 && place % 5 >= 2 ? -Float.infinity : 0)
    }
    func attend(_ extra: [String: Tensor], _ inputs: [String]) throws -> Tensor {
      let feeds = ["q": q, "k": k, "v": v].merging(extra) { $1 }
      let graph = Graph(
        nodes: [Node(Attention.name, ["q", "k", "v"] + inputs, ["y"])],
        inputs: feeds.keys.sorted().map { ValueInfo($0) }, outputs: [ValueInfo("y")], opsets: ["": 24])
      let session = try Session(Plan(graph, feeds: feeds.mapValues(TensorType.init(of:))), on: backend)
      return try #require(try session.run(feeds)["y"])
    }
    let counted = try attend(
      ["n": Tensor(shape: [2], [5, 2] as [Int64])].merging(hasMask ? ["m": addend] : [:]) { $1 },
      [hasMask ? "m" : "", "", "", "n"])
    let masked = try attend(["m": Tensor(shape: [2, 1, 3, 5], numbers)], ["m"])
    #expect(counted.distance(from: masked) < 1e-6)
  }
}
