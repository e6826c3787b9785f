import EspalierEngine
import EspalierExecution
import EspalierGraph
import EspalierOperators
import EspalierTensors
import EspalierTestSupport
import Testing

/// Edge cases of operators that find elements by index, beyond ONNX's own tests and `OperatorCases`.
@Suite struct SelectionTests {
  private func whole(_ shape: Shape, _ values: [Int64]) -> Tensor { Tensor(shape: shape, values) }

  /// Runs the operator with all its inputs fed.
  private func feed(_ op: OperatorName, _ inputs: [Tensor], _ backend: any Backend) throws -> Tensor {
    let names = inputs.indices.map { "x\($0)" }
    let graph = Graph(
      nodes: [Node(op, name: "tested", names, ["y"])],
      inputs: zip(names, inputs).map { ValueInfo($0, $1.elementType) }, outputs: [ValueInfo("y")], opsets: ["": 18])
    let fed = Dictionary(uniqueKeysWithValues: zip(names, inputs))
    return try Session(Plan(graph, feeds: fed.mapValues { TensorType(of: $0) }), on: backend).run(fed)["y"]!
  }

  @Test(arguments: Backends.all)
  func indicesOutOfRangeReadZerosAndWriteNothing(backend: any Backend) throws {
    let x = Tensor(shape: [3], [1, 2, 3] as [Float])
    let indices = whole([3], [5, -1, -4])
    #expect(try feed(GatherElements.name, [x, indices], backend).elements(as: Float.self) == [0, 3, 0])
    let tuples = indices.reshaped([3, 1])
    #expect(try feed(GatherND.name, [x, tuples], backend).elements(as: Float.self) == [0, 3, 0])
    let updates = Tensor(shape: [3], [7, 8, 9] as [Float])
    for (op, indices) in [(ScatterElements.name, indices), (ScatterND.name, tuples)] {
      #expect(try feed(op, [x, indices, updates], backend).elements(as: Float.self) == [1, 2, 8])
    }
    let values = whole([2], [0, 1])
    let oneHot = try run(
      OneHot.name, [Tensor(shape: [2], [3, -1] as [Float]), whole([], [3]), values], on: backend)
    #expect(oneHot.integers() == [0, 0, 0, 0, 0, 1])
  }

  @Test func indicesThatAreKnownAndOutOfRangeAreRefused() throws {
    let x = Tensor(shape: [2, 2], [1, 2, 3, 4] as [Float])
    for (op, indices) in [
      (GatherElements.name, whole([1, 2], [0, 2])), (GatherND.name, whole([1, 2], [0, -3])),
    ] {
      #expect(anyDataError { _ = try run(op, [x, indices]) }?.fault.hasPrefix("index") == true, "\(op)")
    }
  }

  @Test(arguments: Backends.all)
  func elementsOfAllWidthsAreMoved(backend: any Backend) throws {
    let indices = whole([2], [1, 0])
    for x in [
      Tensor(shape: [2], [true, false]), Tensor(shape: [2], [1, 2] as [Int16]), Tensor(shape: [2], [1, 2] as [Int64]),
    ] {
      let y = try run(GatherElements.name, [x, indices], on: backend)
      #expect(y == (try run(GatherND.name, [x, indices.reshaped([2, 1])], on: backend)))
      #expect(y.elementType == x.elementType && y.bytes == (x.taking([1, 0], along: 0)).bytes)
      #expect(try run(ScatterElements.name, [x, indices, nil].replacing(2, with: y), on: backend) == x)
    }
  }

  @Test(arguments: Backends.all)
  func runningSumsAndRemaindersOfWholeNumbers(backend: any Backend) throws {
    let x = whole([4], [1, 0, 2, -1])
    #expect(try run(CumSum.name, [x, whole([], [0])], on: backend).integers() == [1, 1, 3, 2])
    #expect(try run(ReduceSum.name, [x], ["keepdims": .int(0)], on: backend).integers() == [2])
    #expect(try run(ReduceMean.name, [whole([3], [2, 2, 2])], on: backend).integers() == [2])
    #expect(try run(Absolute.name, [x], on: backend).integers() == [1, 0, 2, 1])
    #expect(try run(Negate.name, [x], on: backend).integers() == [-1, 0, -2, 1])
    let (a, b) = (whole([6], [7, -7, 7, -7, 5, .min]), whole([6], [3, 3, -3, -3, 0, -1]))
    #expect(try run(Modulo.name, [a, b], on: backend).integers() == [1, 2, -2, -1, 0, 0])
    #expect(try run(Modulo.name, [a, b], ["fmod": .int(1)], on: backend).integers() == [1, -1, 1, -1, 0, 0])
  }

  @Test(arguments: Backends.all)
  func logarithmsOfSumsOfExponentialsDoNotOverflow(backend: any Backend) throws {
    let rows = Tensor(shape: [3, 2], [1000, 1000, -1e4, -1e4, -.infinity, -.infinity] as [Float])
    let y = try run(ReduceLogSumExp.name, [rows], ["axes": .ints([1]), "keepdims": .int(0)], opset: 13, on: backend)
    #expect(y.elements(as: Float.self) == [1000.693147, -9999.306853, -.infinity])
  }

  /// Shapes are known when a plan is made, whatever the length of the sequence.
  @Test(arguments: Backends.all)
  func causalMasksFollowTheLengthOfTheSequence(backend: any Backend) throws {
    let graph = Graph(
      nodes: [
        Node("Shape", ["x"], ["shape"]), Node("Gather", ["shape", "one"], ["length"], ["axis": .int(0)]),
        Node("Unsqueeze", ["length", "zero"], ["lengths"]),
        Node("Concat", ["lengths", "lengths"], ["square"], ["axis": .int(0)]),
        Node("ConstantOfShape", ["square"], ["minus"], ["value": .tensor(Tensor(shape: [1], [Float(-1)]))]),
        Node("Trilu", ["minus", "one"], ["triangle"]),
        Node("Range", ["start", "length", "one"], ["places"]), Node("CastLike", ["places", "x"], ["numbers"]),
        Node("Add", ["triangle", "numbers"], ["mask"]), Node("Add", ["mask", "x"], ["y"]),
      ],
      inputs: [ValueInfo("x")], outputs: [ValueInfo("y")],
      constants: ["one": whole([], [1]), "zero": whole([1], [0]), "start": whole([], [0])], opsets: ["": 17])
    for length in [2, 3, 80] {
      let x = Tensor(repeating: Float(0), shape: [1, length])
      let y = try Session(Plan(graph, feeds: ["x": TensorType(x.shape)]), on: backend).run(["x": x])["y"]!
      let expected = Tensor([length, length]) { place in Float(place[1]) - (place[1] > place[0] ? 1 : 0) }
      #expect(y == expected)
    }
  }

  @Test func theGradientOfANormOfZerosIsZero() throws {
    let graph = Graph(
      nodes: [Node(ReduceL2.name, ["x"], ["y"])], inputs: [ValueInfo("x")], outputs: [ValueInfo("y")],
      opsets: ["": 13, "espalier": 1])
    let feeds = ["x": TensorType([3])]
    let differentiation = try Differentiation(of: "y", in: graph, withRespectTo: ["x"], feeds: feeds)
    let gradient = differentiation.gradients["x"]!
    let plan = try Plan(differentiation.graph, feeds: feeds, results: [gradient])
    let result = try Session(plan).run(["x": Tensor(repeating: Float(0), shape: [3])])
    #expect(result[gradient]?.elements(as: Float.self) == [0, 0, 0])
  }
}

extension Array {
  fileprivate func replacing(_ position: Int, with element: Element) -> [Element] {
    var copy = self
    copy[position] = element
    return copy
  }
}
