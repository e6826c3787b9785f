import EspalierEngine
import EspalierExecution
import EspalierGraph
import EspalierInference
import EspalierOperators
import EspalierTensors
import EspalierTestSupport
import Foundation
import Testing

@Suite struct EinsumTests {
  /// The summation by its definition: all indices are letters, and each has one size.
  private func summation(_ equation: String, _ operands: [Tensor]) -> Tensor {
    let sides = equation.components(separatedBy: "->")
    let terms = sides[0].components(separatedBy: ",").map { Array($0) }
    let output = Array(sides[1])
    var sizes: [Character: Int] = [:]
    for (term, operand) in zip(terms, operands) {
      for (index, size) in zip(term, operand.shape) { sizes[index] = size }
    }
    let summed = sizes.keys.filter { !output.contains($0) }.sorted()
    let sources = operands.map(Naive.init)
    return Tensor(Shape(output.map { sizes[$0]! })) { position in
      let outer = Dictionary(uniqueKeysWithValues: zip(output, position))
      return Float(
        Shape(summed.map { sizes[$0]! }).positions.reduce(0.0) { sum, inner in
          let values = outer.merging(zip(summed, inner)) { first, _ in first }
          return sum + zip(terms, sources).reduce(1.0) { $0 * Double($1.1[$1.0.map { values[$0]! }]) }
        })
    }
  }

  @Test(arguments: Backends.all)
  func equationsFollowTheirDefinition(backend: any Backend) throws {
    var generator = SeededGenerator(seed: 5)
    let sizes: [Character: Int] = [
      "a": 2, "b": 3, "h": 4, "q": 5, "k": 6, "d": 7, "f": 3, "n": 4, "c": 5, "e": 2, "i": 4, "j": 3,
    ]
    for equation in [
      "bhqd,bhkd->bhqk", "bhqk,bhkd->bhqd", "bqhd,bkhd->bhqk", "bhqk,bkhd->bqhd", "bqhd,bkhd->bhkq", "bhqd,bkhd->qbkh",
      "abc,cd->abd", "abc,dc->abd", "bfnd,ndh->bfh", "bfh,hnd->bfnd", "abc,cde->abde", "hqd,khd->khq", "i,j->ij",
      "i,i->", "ij,i->j", "ij,ij->ij", "ij,k->ikj", "ij,jk->i", "iij,j->i", "ij,jk,kc->ic", "ijk->kij", "iji->j",
    ] {
      let operands = equation.components(separatedBy: "->")[0].components(separatedBy: ",").map { term in
        Tensor.random(Shape(term.map { sizes[$0]! }), &generator)
      }
      let y = try run(Einsum.name, operands, ["equation": .string(equation)], on: backend)
      #expect(y.distance(from: summation(equation, operands)) < 1e-5, "\(equation)")
    }
  }

  @Test(arguments: Backends.all)
  func nothingIsSummedToZero(backend: any Backend) throws {
    let (a, b) = (Tensor(shape: [2, 0], [Float]()), Tensor(shape: [0, 3], [Float]()))
    let y = try run(Einsum.name, [a, b], ["equation": .string("ij,jk")], on: backend)
    #expect(y == Tensor(repeating: Float(0), shape: [2, 3]))
  }

  @Test func wholeNumbersAreSummed() throws {
    let x = Tensor(shape: [2, 2], [1, 2, 3, 4] as [Int32])
    #expect(try run(Einsum.name, [x, x], ["equation": .string("ij,jk->ik")]).integers() == [7, 10, 15, 22])
    #expect(try run(Einsum.name, [x], ["equation": .string("ii->i")]).integers() == [1, 4])
  }

  private func axes(_ equation: String, _ shapes: [Shape]) throws -> AxisRule {
    let node = Node(Einsum.name, shapes.indices.map { "x\($0)" }, ["y"], ["equation": .string(equation)])
    let graph = Graph(nodes: [node], inputs: shapes.indices.map { ValueInfo("x\($0)") }, opsets: ["": 17])
    let feeds = Dictionary(uniqueKeysWithValues: shapes.enumerated().map { ("x\($0.offset)", TensorType($0.element)) })
    return try #require(try TypeInference(graph, feeds: feeds).nodes[0].op.axes)
  }

  @Test func aMatrixOnTheRightMakesADenseLayer() throws {
    let layer = Contraction(
      activation: PortAxis(.input(0), 2), weight: PortAxis(.input(1), 0), outputAxis: PortAxis(.input(1), 1))
    #expect(try axes("abc,cd->abd", [[2, 3, 4], [4, 5]]).contractions == [layer])
    let transposed = try axes("...c,dc->...d", [[2, 3, 4], [5, 4]]).contractions
    #expect(transposed.map(\.weight) == [PortAxis(.input(1), 1)])
    for (equation, shapes) in [
      ("bfnd,ndh->bfh", [[2, 3, 4, 5], [4, 5, 6]]), ("acb,cd->abd", [[2, 4, 3], [4, 5]]),
      ("abc,cd->dab", [[2, 3, 4], [4, 5]]), ("abc,cb->ab", [[2, 3, 4], [4, 3]]),
    ] as [(String, [Shape])] {
      #expect(try axes(equation, shapes).contractions == [], "\(equation)")
    }
  }
}
