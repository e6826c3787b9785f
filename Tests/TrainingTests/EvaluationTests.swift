import EspalierDatasets
import EspalierEngine
import EspalierExecution
import EspalierOperators
import EspalierTensors
import EspalierTraining
import Foundation
import Testing

@Suite struct EvaluationTests {
  private func evaluation(
    _ outputs: [[Float]], _ labels: [Int], batchSize: Int = 500, on backend: any Backend
  ) throws -> Evaluation {
    let classes = outputs[0].count
    let data = try InMemoryDataset(
      inputs: Tensor(shape: [outputs.count, classes], outputs.flatMap { $0 }), labels: labels, classCount: classes)
    return try Evaluation(of: passThrough(classes), on: data, batchSize: batchSize, backend: backend)
  }

  @Test(arguments: Backends.all, [1, 2, 3, 500])
  func ranksAndLossAreThoseWorkedOutByHand(backend: any Backend, batchSize: Int) throws {
    let row: [Float] = [7, 6, 5, 4, 3, 2, 1]
    let result = try evaluation([row, row, row, row], [0, 4, 5, 6], batchSize: batchSize, on: backend)
    #expect(result.count == 4)
    #expect(result.top1 == 0.25)
    #expect(result.top5 == 0.5)
    let logarithm = log((1...7).reduce(0.0) { $0 + exp(Double($1)) })
    #expect(abs(result.loss - (logarithm - Double(7 + 3 + 2 + 1) / 4)) < 1e-6)
  }

  @Test(arguments: Backends.all)
  func ofEqualOutputsTheLowerClassWins(backend: any Backend) throws {
    let row = [Float](repeating: 1, count: 7)
    #expect(try evaluation([row], [0], on: backend).top1 == 1)
    #expect(try evaluation([row], [1], on: backend).top1 == 0)
    #expect(try evaluation([row], [4], on: backend).top5 == 1)
    #expect(try evaluation([row], [5], on: backend).top5 == 0)
    #expect(try abs(evaluation([row], [3], on: backend).loss - log(7)) < 1e-12)
  }

  @Test(arguments: Backends.all)
  func outputsThatAreNoNumbersAreMisses(backend: any Backend) throws {
    for classes in [1, 3, 7] {
      let none = try evaluation([[Float](repeating: .nan, count: classes)], [0], on: backend)
      #expect(none.top1 == 0)
      #expect(none.top5 == 0)
      #expect(none.loss.isNaN)
    }
    // Another class's output that is no number beats any number.
    #expect(try evaluation([[5, .nan, 1]], [0], on: backend).top1 == 0)
    #expect(try evaluation([[5, 1, .nan]], [0], on: backend).top5 == 1)
    #expect(try evaluation([[.infinity, 1]], [0], on: backend).top1 == 1)
    #expect(try evaluation([[-.infinity, 1]], [0], on: backend).top1 == 0)
  }

  @Test(arguments: Backends.all)
  func largeOutputsDoNotOverflow(backend: any Backend) throws {
    let result = try evaluation([[1e30, 0], [0, 1000]], [0, 0], on: backend)
    #expect(result.loss == 500)
    #expect(result.top1 == 0.5)
  }
}
