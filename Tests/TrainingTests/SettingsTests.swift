import EspalierTensors
import EspalierTraining
import Testing

@Suite struct SettingsTests {
  @Test func schedulesChangeTheStepSize() {
    func factors(_ schedule: LearningRateSchedule, _ steps: [Int]) -> [Double] {
      steps.map { schedule.factor(step: $0, of: 8, stepsPerEpoch: 2) }
    }
    #expect(factors(.constant, [0, 3, 7]) == [1, 1, 1])
    #expect(factors(.step(epochs: 1, factor: 0.5), [0, 1, 2, 3, 4, 7]) == [1, 1, 0.5, 0.5, 0.25, 0.125])
    #expect(factors(.step(epochs: 2, factor: 0.1), [0, 3, 4, 7]) == [1, 1, 0.1, 0.1])
    for (step, expected) in zip([0, 2, 4, 6, 8], [1, (1 + 0.5.squareRoot()) / 2, 0.5, (1 - 0.5.squareRoot()) / 2, 0]) {
      #expect(abs(LearningRateSchedule.cosine.factor(step: step, of: 8, stepsPerEpoch: 2) - expected) < 1e-15)
    }
    #expect(LearningRateSchedule.cosine.factor(step: 0, of: 0, stepsPerEpoch: 0) == 1)
    #expect(LearningRateSchedule.step(epochs: 0, factor: 0.5).factor(step: 0, of: 0, stepsPerEpoch: 0) == 1)
  }

  @Test func smoothedTargetsSpreadSomeProbability() {
    let plain = ClassificationLoss().targets([2, 0], classCount: 3)
    #expect(plain == Tensor(shape: [2, 3], [0, 0, 1, 1, 0, 0] as [Float]))
    let smoothed = ClassificationLoss(labelSmoothing: 0.5).targets([1], classCount: 4)
    #expect(smoothed == Tensor(shape: [1, 4], [0.125, 0.625, 0.125, 0.125] as [Float]))
    #expect(ClassificationLoss(labelSmoothing: 1).targets([], classCount: 3).shape == [0, 3])
  }
}
