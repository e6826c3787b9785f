import EspalierEngine
import EspalierExecution
import EspalierGraph
import EspalierInference
import EspalierOperators
import EspalierTensors
import EspalierTestSupport
import Testing

@Suite struct ProductTests {
  /// The product by its definition, summed in double precision.
  private func product(_ a: Tensor, _ b: Tensor) -> Tensor? {
    let left = a.shape.rank == 1 ? a.reshaped(Shape([1] + a.shape)) : a
    let right = b.shape.rank == 1 ? b.reshaped(Shape(b.shape + [1])) : b
    guard a.shape.rank > 0, b.shape.rank > 0, left.shape.last == right.shape[right.shape.rank - 2],
      let batch = Broadcasting.shape(Shape(Array(left.shape.dropLast(2))), Shape(Array(right.shape.dropLast(2))))
    else { return nil }
    let (first, second) = (Naive(left), Naive(right))
    let rows = left.shape[left.shape.rank - 2]
    let (inner, columns) = (left.shape.last!, right.shape.last!)
    let full = Tensor(Shape(batch + [rows, columns])) { position in
      let (outer, i, j) = (Array(position.dropLast(2)), position[position.count - 2], position.last!)
      return Float((0..<inner).reduce(0.0) { $0 + Double(first[outer + [i, $1]]) * Double(second[outer + [$1, j]]) })
    }
    var shape = batch.sizes
    if a.shape.rank > 1 { shape.append(rows) }
    if b.shape.rank > 1 { shape.append(columns) }
    return full.reshaped(Shape(shape))
  }

  private static let shapes: [Shape] = [
    [], [1], [3], [4], [1, 3], [3, 1], [3, 4], [4, 3], [1, 1], [2, 3, 4], [2, 4, 3], [1, 4, 3], [2, 1, 3], [2, 3, 1],
    [0], [0, 3], [3, 0], [0, 3, 4], [2, 4, 0], [5, 1, 3, 4], [1, 2, 4, 3], [5, 2, 4, 3], [5, 2, 1, 1],
  ]

  @Test(arguments: Backends.all)
  func matMulMultipliesAllRanks(backend: any Backend) throws {
    var generator = SeededGenerator(seed: 2)
    var multiplied = 0
    for first in Self.shapes {
      for second in Self.shapes {
        let (a, b) = (Tensor.random(first, &generator), Tensor.random(second, &generator))
        if let expected = product(a, b) {
          multiplied += 1
          #expect(
            try run(MatMul.name, [a, b], on: backend).distance(from: expected) < 1e-5, "\(first) times \(second)")
        } else {
          let error = anyDataError { _ = try run(MatMul.name, [a, b], on: backend) }
          #expect(error?.subject == "node \"tested\" (MatMul)", "\(first) times \(second)")
        }
      }
    }
    #expect(multiplied > 100)
  }

  @Test(arguments: Backends.all)
  func matMulMultipliesMatricesOfManyBlocks(backend: any Backend) throws {
    var generator = SeededGenerator(seed: 3)
    let sizes: [(Shape, Shape)] = [
      ([33, 17], [17, 65]), ([64, 40], [40, 31]), ([3, 10, 20], [20, 30]), ([6, 10, 20], [6, 20, 10]),
    ]
    for (first, second) in sizes {
      let (a, b) = (Tensor.random(first, &generator), Tensor.random(second, &generator))
      let expected = try #require(product(a, b))
      #expect(try run(MatMul.name, [a, b], on: backend).distance(from: expected) < 1e-5, "\(first) times \(second)")
    }
  }

  /// Sums this long are divided into blocks by some backends; a bias is added once. A block or a bias that is missing or
  /// counts twice changes the result by some 10 and 1; rounding of so many terms, by 2e-5.
  @Test(arguments: Backends.all, [2047, 2048, 3073])
  func sumsOfManyBlocks(backend: any Backend, k: Int) throws {
    var generator = SeededGenerator(seed: 5)
    for (first, second) in [([2, k], [k, 3]), ([2, 1, 3, k], [2, k, 2]), ([1, k], [2, k, 1])] as [(Shape, Shape)] {
      let (a, b) = (Tensor.random(first, &generator), Tensor.random(second, &generator))
      let expected = try #require(product(a, b))
      #expect(try run(MatMul.name, [a, b], on: backend).distance(from: expected) < 1e-4, "\(first) times \(second)")
    }
    for (transA, transB) in [(false, false), (false, true), (true, false), (true, true)] {
      let (a, b) = (Tensor.random([5, k], &generator), Tensor.random([k, 4], &generator))
      let c = Tensor.random([4], &generator)
      let (first, second, third) = (Naive(a), Naive(b), Naive(c))
      let sums = Naive(try #require(product(a, b)))
      let expected = Tensor([5, 4]) { sums[$0] + third[$0] }
      let y = try run(
        Gemm.name,
        [
          transA ? Tensor([k, 5]) { first[$0.reversed()] } : a, transB ? Tensor([4, k]) { second[$0.reversed()] } : b,
          c,
        ], ["transA": .int(transA ? 1 : 0), "transB": .int(transB ? 1 : 0)], on: backend)
      #expect(y.distance(from: expected) < 1e-4, "\(transA) \(transB)")
    }
  }

  @Test(arguments: Backends.all)
  func gemmFollowsItsFormula(backend: any Backend) throws {
    var generator = SeededGenerator(seed: 4)
    for (m, n, k) in [(3, 4, 2), (1, 4, 3), (3, 1, 2), (1, 1, 1), (2, 3, 0), (0, 3, 2), (2, 0, 3), (6, 9, 7)] {
      let addends: [Shape?] = [nil, [], [1], [n], [1, n], [m, 1], [m, n], [1, 1]]
      for (transA, transB) in [(false, false), (false, true), (true, false), (true, true)] {
        for addend in addends {
          for (alpha, beta) in [(1, 1), (0.5, 1), (1, -2), (-1.5, 0.5)] as [(Float, Float)] {
            let a = Tensor.random(transA ? [k, m] : [m, k], &generator)
            let b = Tensor.random(transB ? [n, k] : [k, n], &generator)
            let c = addend.map { Tensor.random($0, &generator) }
            let (first, second, third) = (Naive(a), Naive(b), c.map(Naive.init))
            let expected = Tensor([m, n]) { position in
              let sum = (0..<k).reduce(0.0) { sum, l in
                let left = first[transA ? [l, position[0]] : [position[0], l]]
                return sum + Double(left) * Double(second[transB ? [position[1], l] : [l, position[1]]])
              }
              return Float(Double(alpha) * sum + Double(beta) * Double(third?[position] ?? 0))
            }
            let actual = try run(
              Gemm.name, [a, b, c],
              [
                "alpha": .float(alpha), "beta": .float(beta), "transA": .int(transA ? 1 : 0),
                "transB": .int(transB ? 1 : 0),
              ], on: backend)
            #expect(
              actual.distance(from: expected) < 1e-5,
              "\(m) \(n) \(k) \(transA) \(transB) \(String(describing: addend)) \(alpha) \(beta)")
          }
        }
      }
    }
  }

  @Test(arguments: Backends.all)
  func batchedProductsTransposeAndRepeat(backend: any Backend) throws {
    var generator = SeededGenerator(seed: 5)
    for (batchA, batchB) in [([], []), ([2], [2]), ([1], [3]), ([3], []), ([2, 1], [1, 3])] as [([Int], [Int])] {
      for (transA, transB) in [(false, false), (false, true), (true, false), (true, true)] {
        let a = Tensor.random(Shape(batchA + [3, 4]), &generator)
        let b = Tensor.random(Shape(batchB + [4, 5]), &generator)
        let expected = try #require(product(a, b))
        let actual = try run(
          BatchedProduct.name, [transA ? a.swapped : a, transB ? b.swapped : b],
          ["transA": .int(transA ? 1 : 0), "transB": .int(transB ? 1 : 0)], on: backend)
        #expect(actual.distance(from: expected) < 1e-5, "\(batchA) \(batchB) \(transA) \(transB)")
      }
    }
  }

  @Test func costsAreMultiplications() throws {
    func macs(_ example: OperatorCase) throws -> Int {
      let feeds = example.inputs(seed: 0).mapValues { TensorType(of: $0) }
      return try TypeInference(example.graph, feeds: feeds).nodes[0].op.cost.macs
    }
    #expect(try macs(OperatorCase(Gemm.name, of: [[3, 2], [5, 2], [5]], ["transB": .int(1)])) == 30)
    #expect(try macs(OperatorCase(MatMul.name, of: [[2, 1, 3, 4], [7, 4, 5]])) == 2 * 7 * 3 * 4 * 5)
    #expect(try macs(OperatorCase(MatMul.name, of: [[2, 3, 4], [4, 5]])) == 2 * 3 * 4 * 5)
    #expect(try macs(OperatorCase(Add.name, of: [[2], [2]])) == 0)
  }
}

extension Tensor {
  /// The last two axes exchanged.
  fileprivate var swapped: Tensor {
    let source = Naive(self)
    let shape = Shape(shape.dropLast(2) + [shape[shape.rank - 1], shape[shape.rank - 2]])
    return Tensor(shape) { source[$0.dropLast(2) + [$0[$0.count - 1], $0[$0.count - 2]]] }
  }
}
