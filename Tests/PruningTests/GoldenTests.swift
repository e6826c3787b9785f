import EspalierEngine
import EspalierOperators
import EspalierPruning
import EspalierTensors
import Testing

/// Compares i-SpaSP with its looped form, step by step, on every backend.
struct GoldenTests {
  static let backends = Backends.all.map(\.name)

  private func network(_ golden: Golden, _ backend: String) throws -> CalibratedNetwork {
    try CalibratedNetwork(
      golden.model.graph, for: PruningRequest(keeping: 0.5, batchSize: 100), calibration: golden.data,
      backend: Backends.all.first { $0.name == backend }!)
  }

  @Test(arguments: backends) func denseOutput(_ backend: String) throws {
    let golden = try Golden()
    let plan = try Plan(golden.model.graph, feeds: ["input": TensorType(of: golden.calibration)])
    let session = try Session(plan, on: Backends.all.first { $0.name == backend }!)
    let output = try #require(try session.run(["input": golden.calibration])["output"])
    #expect(relativeDifference(output.doubles()!, golden.output.doubles()!) < 1e-6)
  }

  @Test(arguments: backends) func sameSupportsImportancesAndResiduals(_ backend: String) throws {
    let golden = try Golden()
    let network = try network(golden, backend)
    #expect(network.targets.map(\.id) == ["0"])
    let problem = network.problems[0]
    #expect(relativeDifference(problem.hiddenSize, golden.hiddenSize) < 1e-5)
    #expect(golden.cases.count == 4)
    for expected in golden.cases {
      let selection = ISpaSP(iterations: 20).select(expected.keep, of: problem)
      #expect(selection.kept == expected.support)
      #expect(abs(selection.residual! - expected.residual) < 1e-4 * expected.residual)
      // The loop of the golden case runs on when the support repeats; ours has ended there.
      for (iteration, support) in expected.supports.enumerated() {
        let step = selection.trace[min(iteration, selection.trace.count - 1)]
        #expect(step.support == support, "iteration \(iteration + 1), \(expected.keep) kept")
        if iteration < selection.trace.count {
          let residual = expected.residuals[iteration]
          #expect(abs(step.residualBefore! - residual) < 1e-4 * residual)
        }
      }
      #expect(relativeDifference(selection.trace[0].importance, expected.firstImportance) < 1e-4)
      #expect(relativeDifference(selection.trace[1].importance, expected.secondImportance) < 1e-4)
    }
  }

  @Test(arguments: backends) func theLoopedFormAgrees(_ backend: String) throws {
    let golden = try Golden()
    let network = try network(golden, backend)
    for expected in golden.cases {
      let looped = try LoopedISpaSP(
        golden.model.graph, network.targets[0], on: golden.calibration,
        backend: Backends.all.first { $0.name == backend }!
      ).select(expected.keep, iterations: 5)
      let selection = ISpaSP(iterations: 5).select(expected.keep, of: network.problems[0])
      #expect(!selection.trace.isEmpty && !looped.isEmpty)
      for (step, other) in zip(selection.trace, looped) {
        #expect(step.support == other.support)
        #expect(relativeDifference(step.importance, other.importance) < 1e-4)
        #expect(abs(step.residualBefore! - other.residualBefore!) < 1e-4 * other.residualBefore!)
      }
      #expect(looped.map(\.support) == Array(expected.supports.prefix(looped.count)))
    }
  }

  @Test func batchSizeDoesNotMatter() throws {
    let golden = try Golden()
    let problems = try [7, 512, 1000].map { size in
      try CalibratedNetwork(
        golden.model.graph, for: PruningRequest(keeping: 0.5, batchSize: size), calibration: golden.data
      ).problems[0]
    }
    for problem in problems {
      #expect(relativeDifference(problem.interaction!.elements, problems[0].interaction!.elements) < 1e-5)
      #expect(problem.consumers[0].statistics.count == 512)
    }
  }
}
