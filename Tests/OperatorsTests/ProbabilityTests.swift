import EspalierEngine
import EspalierExecution
import EspalierGraph
import EspalierOperators
import EspalierTensors
import EspalierTestSupport
import Foundation
import Testing

@Suite struct ProbabilityTests {
  /// The softmax over `axes`, by its definition.
  private func softmax(_ x: Tensor, over axes: Range<Int>) -> Tensor {
    let source = Naive(x)
    func sum(_ position: [Int]) -> Double {
      x.shape.positions.filter { other in
        other.indices.allSatisfy { axes.contains($0) || other[$0] == position[$0] }
      }.reduce(0) { $0 + exp(Double(source[$1])) }
    }
    return Tensor(x.shape) { Float(exp(Double(source[$0])) / sum($0)) }
  }

  @Test(arguments: Backends.all, [1, 11, 12, 13, 17])
  func softmaxNormalisesOverItsAxes(backend: any Backend, opset: Int) throws {
    var generator = SeededGenerator(seed: 1)
    let shapes: [Shape] = [[1], [4], [2, 3], [3, 1], [2, 3, 4], [2, 1, 3, 2], [0, 3], [2, 0]]
    for shape in shapes {
      let x = Tensor.random(shape, &generator)
      for axis in -shape.rank..<shape.rank {
        let first = axis < 0 ? axis + shape.rank : axis
        let expected = softmax(x, over: opset < 13 ? first..<shape.rank : first..<first + 1)
        let attributes: [String: Attribute] = ["axis": .int(Int64(axis))]
        let y = try run(
          Softmax.name, [x], .init(uniqueKeysWithValues: attributes.map { ($0, $1) }), opset: opset, on: backend)
        #expect(y.distance(from: expected) < 1e-6, "\(shape) \(axis)")
        let logarithm = try run(LogSoftmax.name, [x], ["axis": .int(Int64(axis))], opset: opset, on: backend)
        let expectedLog = Tensor(shape: shape, expected.elements(as: Float.self).map { log($0) })
        #expect(logarithm.distance(from: expectedLog) < 1e-6, "\(shape) \(axis)")
      }
    }
  }

  @Test(arguments: Backends.all)
  func theAxisNotStatedIsTheSecondInOldOperatorSetsAndTheLastInNew(backend: any Backend) throws {
    var generator = SeededGenerator(seed: 1)
    let x = Tensor.random([2, 3, 4], &generator)
    #expect(try run(Softmax.name, [x], opset: 12, on: backend).distance(from: softmax(x, over: 1..<3)) < 1e-6)
    #expect(try run(Softmax.name, [x], opset: 13, on: backend).distance(from: softmax(x, over: 2..<3)) < 1e-6)
  }

  @Test(arguments: Backends.all)
  func largeNumbersDoNotOverflow(backend: any Backend) throws {
    let x = Tensor(shape: [2, 2], [1000, 1000, -1000, 1000] as [Float])
    #expect(try run(Softmax.name, [x], on: backend).elements(as: Float.self) == [0.5, 0.5, 0, 1])
    let logarithm = try run(LogSoftmax.name, [x], on: backend)
    #expect(logarithm.distance(from: Tensor(shape: [2, 2], [-log(2), -log(2), -2000, 0] as [Float])) < 1e-6)
    let targets = Tensor(shape: [2, 2], [1, 0, 0.5, 0.5] as [Float])
    let loss = try run(SoftmaxCrossEntropy.name, [x, targets], on: backend)
    #expect(loss.distance(from: Tensor(scalar: (log(Float(2)) + 1000) / 2)) < 1e-6)
  }

  @Test(arguments: Backends.all)
  func crossEntropyIsTheMeanOverRows(backend: any Backend) throws {
    // log(1 + e) - 1 and log(3), worked out by hand.
    let logits = Tensor(shape: [2, 3], [1, 0, -100, 5, 5, 5] as [Float])
    let targets = Tensor(shape: [2, 3], [1, 0, 0, 0.25, 0.25, 0.5] as [Float])
    let loss = try run(SoftmaxCrossEntropy.name, [logits, targets], on: backend)
    #expect(loss.distance(from: Tensor(scalar: Float(log(1 + M_E) - 1 + log(3)) / 2)) < 1e-6)
  }
}
