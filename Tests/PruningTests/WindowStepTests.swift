import EspalierEngine
import EspalierExecution
import EspalierGraph
import EspalierLinearAlgebra
import EspalierOperators
import EspalierPruning
import EspalierTensors
import Testing

/// Second moments over a part of the windows of convolutions, which re-fits do with where there are many.
struct WindowStepTests {
  /// What is known of the layer "a.conv2", which reads 8 maps of 8 x 8 by windows of 3 x 3: each input lies in nine.
  private struct Reading {
    let statistics: ActivationStatistics
    let input: Tensor

    init(_ samples: Int, _ refit: Ridge?) throws {
      var network = ConvolutionalNetworks.residual(seed: 3)
      let data = network.calibration(samples)
      let dense = try CalibratedNetwork(
        network.graph, for: PruningRequest(keeping: 0.5, refit: refit), calibration: data)
      let place = try #require(
        dense.targets.firstIndex { group in group.consumers.contains { $0.product == "a.conv2.out" } })
      statistics = dense.problems[place].consumers[0].statistics
      let name = dense.targets[place].consumers[0].activation.value
      let inputs = try #require(data.inputs["input"])
      let plan = try Plan(network.graph, feeds: ["input": TensorType(of: inputs)], results: [name])
      input = try #require(try Session(plan, on: Backends.standard).run(["input": inputs])[name])
    }

    /// The sums and products of every `step`-th window, one by one, scaled to all windows.
    func moments(every step: Int) -> (sum: [Double], gram: Matrix) {
      let (samples, channels, size) = (input.shape[0], input.shape[1], input.shape[2])
      let values = input.elements(as: Float.self)
      let rows = channels * 9
      let taken = Array(stride(from: 0, to: size * size, by: step))
      let scale = Double(size * size) / Double(taken.count)
      var sum = [Double](repeating: 0, count: rows)
      var gram = Matrix(rows: rows, columns: rows)
      for sample in 0..<samples {
        for window in taken {
          let column = (0..<rows).map { row -> Double in
            let (channel, tap) = (row / 9, row % 9)
            let (y, x) = (window / size + tap / 3 - 1, window % size + tap % 3 - 1)
            guard y >= 0, y < size, x >= 0, x < size else { return 0 }
            return Double(values[((sample * channels + channel) * size + y) * size + x])
          }
          for row in 0..<rows { sum[row] += scale * column[row] }
          gram.addOuterProduct(column, column, times: scale)
        }
      }
      return (sum, gram)
    }
  }

  private func expect(_ reading: Reading, _ samples: Int, every step: Int) throws {
    let gram = try #require(reading.statistics.gram)
    let expected = reading.moments(every: step)
    #expect(reading.statistics.count == samples * 64)
    #expect(relativeDifference(reading.statistics.sum, expected.sum) < 1e-4)
    #expect(relativeDifference(gram.elements, expected.gram.elements) < 1e-4)
  }

  /// 72 rows need 1,152 windows, which 24 samples of 64 windows have only if nearly all are taken.
  @Test func fewSamplesShowAllWindows() throws {
    try expect(Reading(24, Ridge(1e-3)), 24, every: 1)
  }

  @Test func manySamplesShowEachInputOnce() throws {
    let reading = try Reading(200, Ridge(1e-3))
    try expect(reading, 200, every: 9)
    // The windows are a part of all.
    let gram = try #require(reading.statistics.gram)
    #expect(relativeDifference(gram.elements, reading.moments(every: 1).gram.elements) > 1e-3)
  }

  @Test func withoutReFitAllWindowsAreTaken() throws {
    try expect(Reading(200, nil), 200, every: 1)
  }

  @Test func foldsAddUp() throws {
    let reading = try Reading(200, .byFolds)
    try expect(reading, 200, every: 9)
    let folds = reading.statistics.folds
    #expect(folds.count > 1)
    #expect(folds.reduce(0) { $0 + $1.count } == reading.statistics.count)
    let sum = folds.dropFirst().reduce(folds[0].sum) { zip($0, $1.sum).map(+) }
    #expect(relativeDifference(sum, reading.statistics.sum) < 1e-9)
  }

  /// A layer of 3 x 3 windows that shows one in nine, and layers that show all, read the same units: each weighs as
  /// much as its outputs do.
  @Test func layersThatReadTheSameUnitsWeighAsBefore() throws {
    var network = ConvolutionalNetworks.residual(seed: 3)
    let data = network.calibration(200)
    func problem(_ refit: Ridge?) throws -> SelectionProblem {
      let request = PruningRequest(keeping: 0.5, scope: .all, refit: refit)
      let dense = try CalibratedNetwork(network.graph, for: request, calibration: data)
      let place = try #require(
        dense.targets.firstIndex { group in group.consumers.contains { $0.product == "a.conv1.out" } })
      return dense.problems[place]
    }
    let (all, part) = (try problem(nil), try problem(Ridge(1e-3)))
    #expect(all.consumers.map(\.statistics.count) == part.consumers.map(\.statistics.count))
    #expect(Set(part.consumers.map(\.statistics.count)).count > 1)
    let (whole, estimate) = (try #require(all.outputEnergy), try #require(part.outputEnergy))
    #expect(abs(estimate - whole) < 0.25 * whole && estimate != whole)
  }
}
