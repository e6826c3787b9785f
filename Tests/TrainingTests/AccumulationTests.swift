import EspalierDatasets
import EspalierGraph
import EspalierTensors
import EspalierTestSupport
import EspalierTraining
import Testing

@Suite struct AccumulationTests {
  /// Points of two classes.
  private func points(_ count: Int) throws -> InMemoryDataset {
    var generator = SeededGenerator(seed: 6)
    let inputs = Tensor.random([count, 2], &generator)
    return try InMemoryDataset(inputs: inputs, labels: (0..<count).map { $0 % 2 })
  }

  private func trained(_ change: (inout TrainingOptions) -> Void) throws -> Graph {
    var options = TrainingOptions(
      epochs: 2, batchSize: 4, stepSize: 0.5, schedule: .constant,
      optimizer: StochasticGradientDescent(momentum: 0, nesterov: false), seed: 1)
    change(&options)
    return try Trainer(options).train(smallNetwork(), on: points(16))
  }

  @Test func severalBatchesMakeTheStepOfALargeOne() throws {
    let large = try trained { $0.batchSize = 8 }
    let several = try trained { $0.accumulation = 2 }
    for (name, tensor) in large.constants {
      let other = try #require(several.constants[name]?.doubles())
      let one = try #require(tensor.doubles())
      #expect(one.count == other.count)
      for (a, b) in zip(one, other) { #expect(abs(a - b) < 1e-5) }
    }
  }

  @Test func clippedStepsAreNoLongerThanTheLimit() throws {
    let start = smallNetwork()
    let clipped = try trained {
      ($0.clipping, $0.epochs, $0.batchSize) = (GradientClipping(limit: 1e-3), 1, 16)
    }
    var squares = 0.0
    for (name, tensor) in start.constants {
      for (a, b) in zip(tensor.doubles() ?? [], clipped.constants[name]?.doubles() ?? []) {
        squares += (a - b) * (a - b)
      }
    }
    #expect(abs(squares.squareRoot() - 0.5e-3) < 1e-6)
    let free = try trained { $0.clipping = GradientClipping(limit: 1e6) }
    #expect(try free.constants == trained { _ in }.constants)
  }
}
