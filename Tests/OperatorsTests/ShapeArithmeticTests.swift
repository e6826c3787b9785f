import EspalierEngine
import EspalierExecution
import EspalierGraph
import EspalierInference
import EspalierOperators
import EspalierTensors
import EspalierTestSupport
import Testing

/// The arithmetic that exporters write around a reshape is worked out before the network runs.
@Suite struct ShapeArithmeticTests {
  /// `x.view(x.size(0), -1)` as PyTorch's exporter writes it.
  private func flattening(unsqueezing axes: Node) -> Graph {
    Graph(
      nodes: [
        Node(ShapeOf.name, ["x"], ["shape"]),
        Node(Constant.name, [], ["zero"], ["value": .tensor(Tensor(scalar: Int64(0)))]),
        Node(Gather.name, ["shape", "zero"], ["batch"], ["axis": .int(0)]),
        Node(Constant.name, [], ["open"], ["value": .tensor(Tensor(shape: [1], [Int64(-1)]))]),
        axes,
        Node(Concat.name, ["row", "open"], ["sizes"], ["axis": .int(0)]),
        Node(Reshape.name, ["x", "sizes"], ["y"]),
      ],
      inputs: [ValueInfo("x", .float32, [.symbolic("batch"), .fixed(3), .fixed(2), .fixed(2)])],
      outputs: [ValueInfo("y")], constants: ["axes": Tensor(shape: [1], [Int64(0)])])
  }

  @Test(arguments: Backends.all)
  func aViewOfTheBatchIsAReshape(backend: any Backend) throws {
    let nodes = [
      Node(Unsqueeze.name, ["batch", "axes"], ["row"]), Node(Unsqueeze.name, ["batch"], ["row"], ["axes": .ints([0])]),
    ]
    for node in nodes {
      let graph = flattening(unsqueezing: node)
      for batch in [1, 2, 5] {
        let x = Tensor(shape: [batch, 3, 2, 2], (0..<batch * 12).map { Float($0) })
        let inference = try TypeInference(graph, feeds: ["x": TensorType(x.shape)])
        #expect(inference.constants["sizes"] == Tensor(shape: [2], [Int64(batch), -1]))
        let plan = try Plan(graph, feeds: ["x": TensorType(x.shape)])
        #expect(try Session(plan, on: backend).run(["x": x])["y"] == x.reshaped([batch, 12]))
      }
    }
  }

  @Test func sizesAreComputedWith() throws {
    let graph = Graph(
      nodes: [
        Node(ShapeOf.name, ["x"], ["shape"]), Node(Slice.name, ["shape", "one", "end"], ["size"]),
        Node(Divide.name, ["size", "two"], ["half"]), Node(Multiply.name, ["half", "two"], ["even"]),
        Node(Subtract.name, ["size", "even"], ["rest"]), Node(Cast.name, ["rest"], ["float"], ["to": .int(1)]),
        Node(Cast.name, ["float"], ["truth"], ["to": .int(9)]),
        Node(Where.name, ["truth", "size", "even"], ["chosen"]),
        Node(ConstantOfShape.name, ["chosen"], ["filled"], ["value": .tensor(Tensor(shape: [1], [Int32(7)]))]),
      ],
      inputs: [ValueInfo("x")],
      constants: [
        "one": Tensor(shape: [1], [Int64(1)]), "two": Tensor(shape: [1], [Int64(2)]),
        "end": Tensor(shape: [1], [Int64.max]),
      ])
    let known = try TypeInference(graph, feeds: ["x": TensorType([4, 5])]).constants
    #expect(known["half"]?.integers() == [2])
    #expect(known["truth"] == Tensor(shape: [1], [true]))
    #expect(known["filled"] == Tensor(repeating: Int32(7), shape: [5]))
  }

  @Test func nothingTraps() throws {
    let extremes = Tensor(shape: [3], [Int64.min, .max, 0])
    for op in [Add.name, Subtract.name, Multiply.name, Divide.name] {
      for other in [Int64.min, -1, 0, 1, .max] {
        #expect(try run(op, [extremes, Tensor(repeating: other, shape: [3])]).shape == [3])
      }
    }
    let floats = Tensor(shape: [4], [Float.nan, .infinity, -1e30, -2.7])
    #expect(try run(Cast.name, [floats], ["to": .int(7)]) == Tensor(shape: [4], [Int64(0), .max, .min, -2]))
    #expect(try run(Cast.name, [floats], ["to": .int(2)]) == Tensor(shape: [4], [UInt8(0), 255, 0, 0]))
    for step in [Int64.min, -1, 1, .max] {
      for (start, end) in [(Int64.min, Int64.max), (.max, .min), (0, 0)] {
        let attributes: [Attribute] = [.ints([start]), .ints([end]), .ints([step])]
        for size in [0, 1, 3] {
          let y = try run(
            Slice.name, [Tensor(repeating: Float(1), shape: [size])],
            ["starts": attributes[0], "ends": attributes[1], "steps": attributes[2]])
          #expect(y.shape[0] <= size)
        }
      }
    }
  }

  @Test func indicesOutOfRangeAreErrorsWhereKnownAndZerosElsewhere() throws {
    let x = Tensor(shape: [2], [1, 2] as [Float])
    #expect(anyDataError { _ = try run(Gather.name, [x, Tensor(shape: [1], [Int64(2)])]) }?.subject != nil)
    // Only int64 operands are stored by `run`, so these come out of a run.
    let y = try run(Gather.name, [x, Tensor(shape: [4], [Int32(-1), 0, 2, -3])])
    #expect(y == Tensor(shape: [4], [2, 1, 0, 0] as [Float]))
  }

  @Test func aSplitWhosePiecesAllMatterHasAGradient() throws {
    let graph = Graph(
      nodes: [
        Node(Split.name, ["x"], ["a", "b"], ["split": .ints([1, 2])]),
        Node(Concat.name, ["b", "a"], ["y"], ["axis": .int(0)]),
      ], inputs: [ValueInfo("x")], outputs: [ValueInfo("y")], opsets: ["": 11, "espalier": 1])
    let feeds = ["x": TensorType([3]), "s": TensorType([3])]
    let differentiation = try Differentiation(of: "y", in: graph, withRespectTo: ["x"], feeds: feeds)
    let name = try #require(differentiation.seed)
    let plan = try Plan(
      differentiation.graph, feeds: ["x": TensorType([3]), name: TensorType([3])],
      results: [differentiation.gradients["x"]!])
    let seed = Tensor(shape: [3], [1, 2, 3] as [Float])
    let gradient = try Session(plan).run(["x": seed, name: seed]).values.first
    #expect(gradient == Tensor(shape: [3], [3, 1, 2] as [Float]))
  }
}
