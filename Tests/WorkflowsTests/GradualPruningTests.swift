import EspalierArchitectures
import EspalierDatasets
import EspalierFiles
import EspalierGraph
import EspalierPruning
import EspalierTensors
import EspalierTraining
import EspalierWorkflows
import Testing

@Suite struct GradualPruningTests {
  /// Three clouds of points in the plane.
  private func clouds(_ count: Int) throws -> InMemoryDataset {
    var generator = SeededGenerator(seed: 6)
    let labels = (0..<count).map { $0 % 3 }
    let points = labels.flatMap { label in
      [Float(generator.normal() + 4 * Double(label)), Float(generator.normal() + (label == 1 ? 4 : 0))]
    }
    return try InMemoryDataset(inputs: Tensor(shape: [count, 2], points), labels: labels)
  }

  @Test func eachGroupIsPrunedAndTrained() throws {
    let data = try clouds(150)
    let usual = TrainingOptions(epochs: 20, batchSize: 25, stepSize: 0.05)
    let dense = try Trainer(usual).train(
      #require(MultilayerPerceptron(widths: [2, 24, 16, 3])).model(seed: 1).graph, on: data)
    let training = TrainingOptions(epochs: 3, batchSize: 25, stepSize: 0.02)
    let job = GradualPruning(
      PruningRequest(keeping: 0.25, fractions: ["fc2": 0.5]), training: training, blockEpochs: 2)
    var (pruned, steps): ([String], [String: Int]) = ([], [:])
    let result = try job.run(
      on: dense, calibration: DatasetCalibration(data, for: dense), dataset: data, evaluation: data
    ) { event in
      switch event {
      case .pruned(let group, let number, let count): pruned.append("\(group) \(number)/\(count)")
      case .trained(let group, _): steps[group ?? "end", default: 0] += 1
      }
    }
    #expect(pruned == ["fc1 1/2", "fc2 2/2"])
    #expect(steps == ["fc1": 12, "fc2": 12, "end": 18])
    #expect(result.pruning.groups.map { $0.selection.kept.count } == [6, 8])
    #expect(result.pruning.before.parameters == 2 * 24 + 24 + 24 * 16 + 16 + 16 * 3 + 3)
    #expect(result.pruning.after.parameters == 2 * 6 + 6 + 6 * 8 + 8 + 8 * 3 + 3)
    #expect(result.pruning.verification.holds)
    #expect(result.pruning.graph.constants["fc2.weight"]?.shape == [8, 6])
    #expect(result.blocks.map(\.group) == ["fc1", "fc2"])
    let accuracies = (result.before?.top1 ?? 0, result.after?.top1 ?? 0)
    #expect(accuracies.0 > 0.9 && accuracies.1 > 0.9)
    #expect(result.blocks.allSatisfy { ($0.finetuned?.loss ?? 9) < ($0.pruned?.loss ?? 0) })
    #expect(try Evaluation(of: result.pruning.graph, on: data) == result.after)
  }

  @Test func withoutEvaluationNothingIsMeasured() throws {
    let data = try clouds(60)
    let dense = try #require(MultilayerPerceptron(widths: [2, 8, 3])).model(seed: 1).graph
    let job = GradualPruning(
      PruningRequest(keeping: 0.5), training: TrainingOptions(epochs: 1, batchSize: 20), blockEpochs: 0)
    let result = try job.run(on: dense, calibration: DatasetCalibration(data, for: dense), dataset: data)
    #expect(result.before == nil && result.after == nil && result.blocks.allSatisfy { $0.finetuned == nil })
    let refusal = #expect(throws: EspalierError.self) {
      var nothing = job
      nothing.request.only = ["fc2"]
      _ = try nothing.run(on: dense, calibration: DatasetCalibration(data, for: dense), dataset: data)
    }
    #expect(refusal?.kind == .refusal)
  }
}
