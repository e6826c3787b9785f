import EspalierEngine
import EspalierExecution
import EspalierGraph
import EspalierOperators
import EspalierTensors
import EspalierTestSupport
import Testing

@Suite struct ReductionTests {
  /// The sum over `axes` by its definition, the axes kept at size 1.
  private func sum(_ x: Tensor, over axes: Set<Int>) -> Tensor {
    let source = Naive(x)
    let kept = Shape(x.shape.indices.map { axes.contains($0) ? 1 : x.shape[$0] })
    return Tensor(kept) { position in
      Float(
        x.shape.positions.filter { other in
          other.indices.allSatisfy { axes.contains($0) || other[$0] == position[$0] }
        }.reduce(0.0) { $0 + Double(source[$1]) })
    }
  }

  @Test(arguments: Backends.all)
  func sumsAndMeansOverAllSetsOfAxes(backend: any Backend) throws {
    var generator = SeededGenerator(seed: 1)
    let shapes: [Shape] = [
      [], [1], [5], [2, 3], [1, 3], [3, 1], [2, 3, 4], [2, 1, 3, 2], [0, 3], [2, 0], [4, 2, 1, 1],
    ]
    for shape in shapes {
      let x = Tensor.random(shape, &generator)
      for bits in 0..<(1 << shape.rank) {
        let asked = shape.indices.filter { bits & 1 << $0 != 0 }
        // An empty list of axes stands for all axes.
        let axes = Set(asked.isEmpty ? Array(shape.indices) : asked)
        let sums = sum(x, over: axes)
        let count = Float(axes.reduce(1) { $0 * shape[$1] })
        let means = Tensor(shape: sums.shape, sums.elements(as: Float.self).map { $0 / count })
        let dropped = Shape(shape.indices.filter { !axes.contains($0) }.map { shape[$0] })
        // Every second axis is counted from the end.
        let list = asked.map { Int64($0 % 2 == 0 ? $0 : $0 - shape.rank) }
        let stored = Tensor(shape: [list.count], list)
        for (op, expected) in [(ReduceSum.name, sums), (ReduceMean.name, means)] {
          let message: Comment = "\(op) of \(shape) over \(list)"
          let kept = try run(op, [x, stored], opset: 18, on: backend)
          #expect(kept.distance(from: expected) < 1e-6, message)
          let old = try run(op, [x], ["axes": .ints(list), "keepdims": .int(0)], opset: 11, on: backend)
          #expect(old.distance(from: expected.reshaped(dropped)) < 1e-6, message)
        }
      }
    }
  }

  @Test(arguments: Backends.all, [Int64(0), 1])
  func noAxesCanStandForNoSum(backend: any Backend, keeps: Int64) throws {
    let x = Tensor(shape: [2, 2], [1, 2, 3, 4] as [Float])
    let none = Tensor(shape: [0], [Int64]())
    let same = try run(
      ReduceSum.name, [x, none], ["noop_with_empty_axes": .int(1), "keepdims": .int(keeps)], on: backend)
    #expect(same == x)
    let unstated = try run(ReduceMean.name, [x], ["noop_with_empty_axes": .int(1)], opset: 18, on: backend)
    #expect(unstated == x)
  }

  @Test(arguments: Backends.all)
  func sumToShapeUndoesBroadcastToShape(backend: any Backend) throws {
    var generator = SeededGenerator(seed: 1)
    let pairs: [(Shape, Shape)] = [
      ([], [2, 3]), ([3], [2, 3]), ([2, 1], [2, 3]), ([1], [1]), ([2, 3, 1], [4, 2, 3, 5]), ([1, 1], [3, 4]),
      ([2, 1, 2], [2, 3, 2]), ([0, 1], [0, 3]), ([1, 3], [0, 3]), ([4, 1], [4, 1]),
    ]
    for (small, large) in pairs {
      let x = Tensor.random(small, &generator)
      let source = Naive(x)
      let repeated = try run(
        BroadcastToShape.name, [x], ["shape": .ints(large.map(Int64.init)), "factor": .float(2)], on: backend)
      #expect(repeated == Tensor(large) { 2 * source[$0] })
      let back = try run(SumToShape.name, [repeated], ["shape": .ints(small.map(Int64.init))], on: backend)
      let missing = large.rank - small.rank
      let repeats = large.indices.reduce(1) {
        $0 * ($1 < missing || small[$1 - missing] == 1 ? large[$1] : 1)
      }
      #expect(back.distance(from: Tensor(small) { 2 * Float(repeats) * source[$0] }) < 1e-6, "\(small) \(large)")
    }
  }

  @Test(arguments: Backends.all) func squaresAreAddedUp(backend: any Backend) throws {
    var generator = SeededGenerator(seed: 12)
    for shape in [[], [7], [8], [3, 5, 11]] as [Shape] {
      let tensor = Tensor.random(shape, &generator)
      let expected = tensor.elements(as: Float.self).reduce(0.0) { $0 + Double($1) * Double($1) }
      let norm = try run(SquaredNorm.name, [tensor], [:], on: backend).doubles()![0]
      #expect(abs(norm - expected) < 1e-6 * expected)
    }
  }
}
