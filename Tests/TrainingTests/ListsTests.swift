import EspalierTraining
import Testing

/// Optimisers and schedules are found by their names, and more can be added.
@Suite(.serialized) struct ListsTests {
  @Test func anAddedOptimizerIsFoundByItsName() throws {
    // Tests that run at the same time may add others behind the project's own.
    #expect(Optimizers.all.map(\.name).prefix(5) == ["sgd", "sgdm", "adamw", "sppa", "sppam"])
    defer { #expect(Optimizers.all.count { $0.name == "added" } == 1) }
    for decay in [1, 2] as [Float] {
      Optimizers.add(Optimizers.Entry("added") { _ in AdamW(weightDecay: decay) })
      let made = try #require(Optimizers.all.last { $0.name == "added" }).make(Optimizers.Settings())
      #expect((made as? AdamW)?.weightDecay == decay, "of one name the last counts")
    }
  }

  @Test func anAddedScheduleIsFoundByItsName() throws {
    #expect(LearningRateSchedules.all.map(\.name).prefix(4) == ["constant", "step", "cosine", "linear"])
    LearningRateSchedules.add(
      LearningRateSchedules.Entry("halves") { settings in
        LearningRateSchedule("halves") { step, _, _ in step < settings.epochs ? 1 : 0.5 }
      })
    let made = try #require(LearningRateSchedules.all.last { $0.name == "halves" }).make(.init(epochs: 2))
    #expect([0, 1, 2].map { made.factor(step: $0, of: 3, stepsPerEpoch: 1) } == [1, 1, 0.5])
  }

  @Test func settingsReachTheSchedules() throws {
    let step = try #require(LearningRateSchedules.all.first { $0.name == "step" }).make(.init(epochs: 1, factor: 0.5))
    #expect([0, 1, 2].map { step.factor(step: $0, of: 3, stepsPerEpoch: 1) } == [1, 0.5, 0.25])
  }
}
