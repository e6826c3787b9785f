import Espalier
import Foundation
import Testing

/// Optimisers and schedules of a client's own, beside the project's.
@Suite(.serialized) struct TrainingTests {
  private static let data = URL(fileURLWithPath: #filePath).appending(path: "../../../Examples/Data").standardized.path

  private static func network() throws -> Network { try Network(contentsOf: "\(data)/model.onnx") }

  private static func samples() throws -> Samples {
    let rows = (0..<256).map { row in (0..<16).map { Float($0 == row % 4 ? 4 : 0) } }
    return try Samples(Values(shape: [256, 16], rows.flatMap { $0 }), labels: (0..<256).map { $0 % 4 })
  }

  /// `w -= stepSize v` with `v = momentum v + g`.
  private struct HeavyBall: Optimizer {
    static let name = "heavy-ball"
    let momentum: Float
    var memoryCount: Int { 1 }

    func update(_ parameter: inout [Float], gradient: [Float], memory: inout [[Float]], step: UpdateStep) {
      for i in parameter.indices {
        memory[0][i] = momentum * memory[0][i] + gradient[i]
        parameter[i] -= step.size * memory[0][i]
      }
    }
  }

  /// The steps of plain gradient descent.
  private struct Plain: Optimizer {
    static let name = "plain"

    func update(_ parameter: inout [Float], gradient: [Float], memory: inout [[Float]], step: UpdateStep) {
      for i in parameter.indices { parameter[i] -= step.size * gradient[i] }
    }
  }

  /// Steps of a constant fraction of the initial one, none after the first epoch.
  private struct FirstEpoch: LearningRateSchedule {
    static let name = "first-epoch"
    let fraction: Double

    func factor(step: Int, of total: Int, stepsPerEpoch: Int) -> Double { step < stepsPerEpoch ? fraction : 0 }
  }

  @Test func anOptimizerOfOnesOwnTrains() throws {
    let (network, samples) = (try Self.network(), try Self.samples())
    let own = try network.finetuned(
      on: samples, epochs: 20, stepSize: 0.05, optimizer: .adding(HeavyBall(momentum: 0.9)))
    #expect(try own.accuracy(on: samples) == 1)
    #expect(OptimizationMethod.names.contains("heavy-ball") && OptimizationMethod.named("heavy-ball") != nil)
    #expect(OptimizationMethod.named("no such optimiser") == nil)
  }

  @Test func itTakesTheStepsOfTheProjectsOwnRule() throws {
    let (network, samples) = (try Self.network(), try Self.samples())
    let sgd = try #require(OptimizationMethod.named("sgd"))
    func answers(_ optimizer: OptimizationMethod) throws -> [String: Values] {
      try network.finetuned(on: samples, epochs: 3, stepSize: 0.05, optimizer: optimizer)
        .run(Dictionary(network.inputs.map { ($0, try Values(shape: [1, 16], (0..<16).map(Float.init))) }) { $1 })
    }
    #expect(try answers(.adding(Plain())) == answers(sgd))
    #expect(try answers(.adding(Plain())) != answers(.momentum))
  }

  @Test func aScheduleOfOnesOwnSetsTheSteps() throws {
    let (network, samples) = (try Self.network(), try Self.samples())
    func answers(_ epochs: Int, _ stepSize: Double, _ schedule: TrainingSchedule) throws -> [String: Values] {
      try network.finetuned(on: samples, epochs: epochs, stepSize: stepSize, schedule: schedule)
        .run(Dictionary(network.inputs.map { ($0, try Values(shape: [1, 16], (0..<16).map(Float.init))) }) { $1 })
    }
    let halved = TrainingSchedule.adding(FirstEpoch(fraction: 0.5))
    #expect(try answers(1, 0.125, halved) == answers(1, 0.0625, .constant))
    #expect(TrainingSchedule.names.contains("first-epoch") && TrainingSchedule.named("no such schedule") == nil)
    let named = try #require(TrainingSchedule.named("first-epoch"))
    #expect(try answers(1, 0.125, named) == answers(1, 0.0625, .constant))
  }
}
